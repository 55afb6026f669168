/// Which tensor of a checkpoint is which parameter. Start at [org.palimpsest.paligemma.weights.PaliGemmaWeights].
@NullMarked
package org.palimpsest.paligemma.weights;

import org.jspecify.annotations.NullMarked;
