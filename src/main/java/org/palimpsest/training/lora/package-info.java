/// Which parameters are trained, and where terms of low rank stand. Start at [org.palimpsest.training.lora.TrainedParts].
@NullMarked
package org.palimpsest.training.lora;

import org.jspecify.annotations.NullMarked;
