/// Pictures to the pixel values of a model, as the checkpoint's own library makes them. Start at
/// [org.palimpsest.paligemma.image.ImagePreprocessor].
@NullMarked
package org.palimpsest.paligemma.image;

import org.jspecify.annotations.NullMarked;
