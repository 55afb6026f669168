package org.palimpsest.paligemma.graph;

import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.tensor.ElementType;

/// How the graphs of a model are written.
///
/// @param form fused operators for running, primitive ones for gradients
/// @param stacksQueryHeads whether query heads that share a key head become one matrix product: faster than the fused operator
///     on a processor
/// @param computeType the type of activations and caches; weights of another type are cast. FLOAT32 on the processor, which
///     has no kernels for less; on a GPU the type that the weights are stored in
public record GraphOptions(OperatorForm form, boolean stacksQueryHeads, ElementType computeType) {
    public static final GraphOptions CPU =
            new GraphOptions(OperatorForm.FUSED, true, ElementType.FLOAT32);

    public GraphOptions {
        switch (computeType) {
            case FLOAT32, FLOAT16, BFLOAT16 -> {}
            default -> throw new IllegalArgumentException("Activations of " + computeType);
        }
    }
}
