/// Gradients of ONNX graphs as ONNX graphs. Start at [org.palimpsest.autodiff.Gradients].
@NullMarked
package org.palimpsest.autodiff;

import org.jspecify.annotations.NullMarked;
