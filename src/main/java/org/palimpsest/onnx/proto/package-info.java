/// The ONNX file format on the wire: protocol-buffer messages read within bounds and written byte for byte the same
/// each time. Start at [org.palimpsest.onnx.proto.ModelProto].
@NullMarked
package org.palimpsest.onnx.proto;

import org.jspecify.annotations.NullMarked;
