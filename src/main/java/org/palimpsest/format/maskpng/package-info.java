/// Masks as PNG files: one for each object, or a map of classes for each image. Start at
/// [org.palimpsest.format.maskpng.MaskPngFormat].
@NullMarked
package org.palimpsest.format.maskpng;

import org.jspecify.annotations.NullMarked;
