/// What the formats share that keep shapes in files of text, XML or PNG. Start at
/// [org.palimpsest.format.shape.Shapes].
@NullMarked
package org.palimpsest.format.shape;

import org.jspecify.annotations.NullMarked;
