package org.palimpsest.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palimpsest.tensor.ElementType;

/// What the families of operations need of the graph that they write to.
public sealed interface Operations
        permits ArithmeticOperations, LayoutOperations, ProductOperations, FusedOperations {

    /// Writes one node and gives its first output.
    ///
    /// @param operator the key of the operator table, such as `MatMul` or `com.microsoft:FusedMatMul`
    /// @param inputs null where an optional input is left out
    /// @throws IllegalArgumentException if number, types, shapes or attributes do not suit the operator
    Value apply(String operator, Attributes attributes, @Nullable Value... inputs);

    /// Writes one node with several outputs.
    List<Value> applyMany(
            String operator, int outputs, Attributes attributes, @Nullable Value... inputs);

    /// Which form fused operations take.
    OperatorForm form();

    /// A constant of rank 0.
    Value scalar(ElementType type, double value);

    /// A constant int64 vector.
    Value longs(long... values);

    default boolean fused() {
        return form() == OperatorForm.FUSED;
    }
}
