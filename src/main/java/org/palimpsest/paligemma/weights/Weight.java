package org.palimpsest.paligemma.weights;

import org.palimpsest.checkpoint.StoredTensor;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// One parameter and where its values lie.
///
/// @param parameter what it is
/// @param stored its bytes; the shape there is the file's own
/// @param layout how the bytes lie
/// @param shape the shape that the layout speaks of. The same bytes as the stored shape: Keras stores the attention's output
/// projection as `[heads, headDim, out]`, which is `IN_OUT` with the shape `[heads * headDim, out]`
public record Weight(Parameter parameter, StoredTensor stored, Layout layout, Shape shape) {
    public Weight {
        if (shape.elementCount() != stored.info().shape().elementCount()) {
            throw new IllegalArgumentException(
                    parameter + ": " + shape + " and " + stored.info().shape());
        }
    }

    public ElementType elementType() {
        return stored.info().elementType();
    }
}
