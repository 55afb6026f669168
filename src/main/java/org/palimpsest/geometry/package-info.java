/// Points, boxes, polygons and masks in image coordinates. Start at [org.palimpsest.geometry.Region].
///
/// The origin is the upper left corner of the upper left pixel, x grows to the right and y downwards; the
/// pixel in column `x` and row `y` covers `[x, x + 1) × [y, y + 1)`. Every type is immutable and may be
/// shared between threads.
@NullMarked
package org.palimpsest.geometry;

import org.jspecify.annotations.NullMarked;
