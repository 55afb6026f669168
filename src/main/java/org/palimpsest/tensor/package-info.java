/// Element types, shapes and tensor memory. Start at [org.palimpsest.tensor.Tensor].
@NullMarked
package org.palimpsest.tensor;

import org.jspecify.annotations.NullMarked;
