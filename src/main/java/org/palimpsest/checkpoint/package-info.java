/// Named tensors in files: safetensors, Keras HDF5, NumPy archives. Start at [org.palimpsest.checkpoint.Checkpoint].
@NullMarked
package org.palimpsest.checkpoint;

import org.jspecify.annotations.NullMarked;
