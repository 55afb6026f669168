/// Examples as a model is fed with them: tokens, batches, pictures. Start at [org.palimpsest.training.data.Example].
@NullMarked
package org.palimpsest.training.data;

import org.jspecify.annotations.NullMarked;
