/// ONNX graphs as Java values: a builder with an operator table and shape inference, models, and their editing. Start
/// at [org.palimpsest.onnx.GraphBuilder].
@NullMarked
package org.palimpsest.onnx;

import org.jspecify.annotations.NullMarked;
