/// How parameters follow their gradients. Start at [org.palimpsest.training.optimizer.AdamWConfig].
@NullMarked
package org.palimpsest.training.optimizer;

import org.jspecify.annotations.NullMarked;
