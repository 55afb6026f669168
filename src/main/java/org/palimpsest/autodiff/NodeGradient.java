package org.palimpsest.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.palimpsest.onnx.Dimension;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Node;
import org.palimpsest.onnx.Value;
import org.palimpsest.onnx.proto.Attribute.FloatAttribute;
import org.palimpsest.onnx.proto.Attribute.IntAttribute;
import org.palimpsest.onnx.proto.Attribute.IntsAttribute;
import org.palimpsest.onnx.proto.Attribute.StringAttribute;

/// One node as the rule for one of its inputs looks at it: inputs, outputs, and the gradients of the outputs.
///
/// Shapes are asked of the node; values only where the numbers are needed, because asking for one inside a recomputed
/// section writes the nodes that compute it again.
///
/// @param index the input whose gradient is wanted
/// @param current a value of the graph, or the one that stands for it in the backward pass
/// @param gradients the gradient of an output
record NodeGradient(
        GraphBuilder g,
        Node node,
        int index,
        UnaryOperator<Value> current,
        IntFunction<Optional<Value>> gradients) {

    boolean has(int input) {
        return input < node.inputs().size() && node.inputs().get(input) != null;
    }

    private Value original(int input) {
        var value = has(input) ? node.inputs().get(input) : null;
        return Objects.requireNonNull(value, () -> node + " lacks input " + input);
    }

    Value in(int input) {
        return current.apply(original(input));
    }

    /// The input whose gradient is wanted.
    Value x() {
        return in(index);
    }

    Value out(int output) {
        return current.apply(node.outputs().get(output));
    }

    /// The first output.
    Value y() {
        return out(0);
    }

    /// The gradient of the loss by the first output.
    Value dy() {
        return dy(0);
    }

    /// The gradient of the loss by an output; zeros where the loss does not use it.
    Value dy(int output) {
        return gradients.apply(output).orElseGet(() -> zerosLike(output));
    }

    private Value zerosLike(int output) {
        var like = node.outputs().get(output);
        boolean isFixed = like.shape().stream().allMatch(Fixed.class::isInstance);
        return filled(isFixed ? Sizes.fixed(g, like.shape()) : g.shape(out(output)));
    }

    List<Dimension> shape(int input) {
        return original(input).shape();
    }

    List<Dimension> outShape() {
        return node.outputs().getFirst().shape();
    }

    int rank(int input) {
        return original(input).rank();
    }

    /// The elements of an int64 input that is a constant.
    Optional<long[]> numbers(int input) {
        return g.knownLongs(original(input));
    }

    long integer(String attribute, long otherwise) {
        return node.attributes().asMap().get(attribute) instanceof IntAttribute(long value)
                ? value
                : otherwise;
    }

    double real(String attribute, double otherwise) {
        return node.attributes().asMap().get(attribute) instanceof FloatAttribute(float value)
                ? value
                : otherwise;
    }

    String text(String attribute, String otherwise) {
        return node.attributes().asMap().get(attribute) instanceof StringAttribute value
                ? value.text()
                : otherwise;
    }

    Optional<long[]> integers(String attribute) {
        return node.attributes().asMap().get(attribute) instanceof IntsAttribute(var values)
                ? Optional.of(values.stream().mapToLong(Long::longValue).toArray())
                : Optional.empty();
    }

    /// The axis attribute, counted from the front.
    int axis(long otherwise, int rank) {
        long axis = integer("axis", otherwise);
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /// The shape of an input as an int64 vector.
    Value sizes(int input) {
        return Sizes.of(g, shape(input), dy(), () -> in(input));
    }

    /// Zeros in the shape of an input.
    Value zeros(int input) {
        return filled(sizes(input));
    }

    private Value filled(Value sizes) {
        return g.filled(sizes, original(index).type(), 0);
    }

    /// A value with the shape of an input that has another number of axes.
    Value reshapedTo(Value gradient, int input) {
        return Sizes.reshape(g, gradient, shape(input), () -> in(input));
    }

    /// A number in the type of the gradient.
    Value number(double value) {
        return g.scalar(original(index).type(), value);
    }

    /// Sums a gradient in the shape of the first output over the axes along which the wanted input was broadcast.
    Value unbroadcast(Value gradient) {
        return unbroadcast(gradient, outShape(), shape(index));
    }

    /// Sums a gradient over the axes that broadcasting stretched or put in front (onnx/docs/Broadcasting.md).
    ///
    /// @param from the shape of the gradient
    /// @param to the shape before broadcasting
    Value unbroadcast(Value gradient, List<Dimension> from, List<Dimension> to) {
        int front = from.size() - to.size();
        var axes = new ArrayList<Long>();
        for (int i = 0; i < from.size(); i++) {
            if (i < front || isStretched(from.get(i), to.get(i - front))) {
                axes.add((long) i);
            }
        }
        if (axes.isEmpty()) {
            return gradient;
        }
        long[] all = axes.stream().mapToLong(Long::longValue).toArray();
        if (all.length == front) {
            return g.reduceSum(gradient, false, all);
        }
        var sum = g.reduceSum(gradient, true, all);
        return front == 0 ? sum : g.squeeze(sum, Arrays.copyOf(all, front));
    }

    private boolean isStretched(Dimension from, Dimension to) {
        if (from.equals(to)) {
            return false;
        }
        return switch (to) {
            case Fixed(long size) -> size == 1;
            case Dimension.Symbolic _ ->
                    throw refusal(
                            "whether "
                                    + to
                                    + " is broadcast to "
                                    + from
                                    + " shows only when the graph runs; give both axes one name");
        };
    }

    /// The error that says why this node has no gradient.
    IllegalArgumentException refusal(String reason) {
        return new IllegalArgumentException(
                "No gradient of " + node.operator().key() + ": " + reason + ", in " + node);
    }
}
