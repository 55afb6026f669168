package org.palimpsest.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.Dimension.Symbolic;
import org.palimpsest.onnx.proto.Attribute;
import org.palimpsest.onnx.proto.Attribute.IntAttribute;
import org.palimpsest.onnx.proto.Attribute.IntsAttribute;
import org.palimpsest.onnx.proto.Attribute.TensorAttribute;

/// One call of an operator, as shape rules look at it.
///
/// @param name the node's name, which unknown sizes are called after
/// @param outputs how many outputs are asked for
/// @param knownContents the elements of small integer tensors that are known while building
record Call(
        String name,
        String operator,
        List<@Nullable Value> inputs,
        Map<String, Attribute> attributes,
        int outputs,
        Function<Value, Optional<List<Entry>>> knownContents) {

    boolean has(int input) {
        return input < inputs.size() && inputs.get(input) != null;
    }

    Value input(int index) {
        var value = index < inputs.size() ? inputs.get(index) : null;
        if (value == null) {
            throw new IllegalArgumentException(operator + " lacks input " + index);
        }
        return value;
    }

    List<Dimension> shape(int input) {
        return input(input).shape();
    }

    int rank(int input) {
        return input(input).rank();
    }

    /// The elements of an integer input of rank 0 or 1, where they are known.
    Optional<List<Entry>> contents(int input) {
        return knownContents.apply(input(input));
    }

    /// The elements of an integer input, where all are plain numbers.
    Optional<long[]> numbers(int input) {
        return contents(input)
                .filter(entries -> entries.stream().allMatch(Entry::isNumber))
                .map(entries -> entries.stream().mapToLong(Entry::number).toArray());
    }

    long integer(String attribute, long otherwise) {
        return attributes.get(attribute) instanceof IntAttribute(long value) ? value : otherwise;
    }

    long @Nullable [] integers(String attribute) {
        return attributes.get(attribute) instanceof IntsAttribute(var values)
                ? values.stream().mapToLong(Long::longValue).toArray()
                : null;
    }

    @Nullable TensorAttribute tensor(String attribute) {
        return attributes.get(attribute) instanceof TensorAttribute tensor ? tensor : null;
    }

    /// An axis attribute, counted from the front.
    int axis(String attribute, long otherwise, int rank) {
        return normalise(integer(attribute, otherwise), rank);
    }

    int normalise(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw mismatch("axis " + axis + " of rank " + rank);
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /// A size that shows when the graph runs.
    Dimension unknown(String what) {
        return new Symbolic(name + "." + what);
    }

    IllegalArgumentException mismatch(String what) {
        return new IllegalArgumentException(operator + " " + name + ": " + what + " in " + inputs);
    }
}
