package org.palimpsest.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.tensor.ElementType;

/// Follows the contents of small integer tensors through a graph, so that shapes computed from shapes are known.
final class Contents {
    private static final int MOST_ELEMENTS = 64;

    private Contents() {}

    /// The elements of the first output, where they follow from what is known of the inputs.
    static Optional<List<Entry>> of(Call call, Value output) {
        if (output.type() != ElementType.INT64
                || output.rank() > 1
                || output.rank() == 1
                        && !(output.dimension(0) instanceof Fixed(long size)
                                && size <= MOST_ELEMENTS)) {
            return Optional.empty();
        }
        return switch (call.operator()) {
            case "Shape" -> Optional.of(shape(call));
            case "Identity", "Cast", "Unsqueeze", "Squeeze", "Reshape" -> call.contents(0);
            case "Concat" -> concat(call);
            case "Gather" -> gather(call);
            case "Slice" -> slice(call);
            default -> Optional.empty();
        };
    }

    private static List<Entry> shape(Call call) {
        var shape = call.shape(0);
        return shape
                .subList(
                        clamp(call.integer("start", 0), shape.size()),
                        clamp(call.integer("end", shape.size()), shape.size()))
                .stream()
                .map(Entry::of)
                .toList();
    }

    private static Optional<List<Entry>> concat(Call call) {
        var all = new ArrayList<Entry>();
        for (int i = 0; i < call.inputs().size(); i++) {
            var part = call.contents(i);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(part.get());
        }
        return Optional.of(all);
    }

    private static Optional<List<Entry>> gather(Call call) {
        return call.contents(0)
                .flatMap(elements ->
                        call.numbers(1)
                                .map(indices ->
                                        IntStream.range(0, indices.length)
                                                .mapToObj(i ->
                                                        elements.get(
                                                                call.normalise(
                                                                        indices[i],
                                                                        elements.size())))
                                                .toList()));
    }

    private static Optional<List<Entry>> slice(Call call) {
        var elements = call.contents(0);
        var starts = call.numbers(1);
        var ends = call.numbers(2);
        boolean plain = !call.has(4) || call.numbers(4).filter(step -> step[0] == 1).isPresent();
        if (elements.isEmpty() || starts.isEmpty() || ends.isEmpty() || !plain) {
            return Optional.empty();
        }
        int size = elements.get().size();
        int from = clamp(starts.get()[0], size);
        return Optional.of(
                elements.get().subList(from, Math.max(from, clamp(ends.get()[0], size))));
    }

    /// A position counted from the front or, if negative, from the back, kept within the size.
    static int clamp(long position, int size) {
        return (int) Math.clamp(position < 0 ? position + size : position, 0, size);
    }
}
