/// The model as ONNX graphs: vision encoder, embedder, decoder. Start at [org.palimpsest.paligemma.graph.DecoderGraph].
@NullMarked
package org.palimpsest.paligemma.graph;

import org.jspecify.annotations.NullMarked;
