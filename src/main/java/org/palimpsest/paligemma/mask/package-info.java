/// The mask VQ-VAE: a mask as 16 segmentation tokens, and back. Start at [org.palimpsest.paligemma.mask.MaskCodec].
@NullMarked
package org.palimpsest.paligemma.mask;

import org.jspecify.annotations.NullMarked;
