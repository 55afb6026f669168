/// ONNX Runtime: devices, sessions, tensors in native memory. Start at [org.palimpsest.runtime.OnnxRuntime].
@NullMarked
package org.palimpsest.runtime;

import org.jspecify.annotations.NullMarked;
