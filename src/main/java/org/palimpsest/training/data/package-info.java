/// Makes batches of what is to be learnt: tokens, targets, masks and pixels. Start at
/// [org.palimpsest.training.data.ExampleEncoder].
@NullMarked
package org.palimpsest.training.data;

import org.jspecify.annotations.NullMarked;
