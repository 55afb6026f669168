package org.palimpsest.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.palimpsest.onnx.Dimension.Fixed;

/// Shape inference of operators that move, pick and repeat elements.
final class LayoutRules {
    private LayoutRules() {}

    static List<List<Dimension>> reshape(Call call) {
        var target = call.contents(1);
        if (target.isEmpty()) {
            return ShapeRules.one(unknowns(call, (int) call.input(1).fixedSize(0)));
        }
        var entries = target.get();
        var result = new ArrayList<Dimension>();
        int open = -1;
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            if (entry.isNumber() && entry.number() == -1) {
                open = i;
                result.add(new Fixed(1));
            } else if (entry.isNumber()
                    && entry.number() == 0
                    && call.integer("allowzero", 0) == 0) {
                result.add(call.shape(0).get(i));
            } else {
                result.add(entry.toDimension());
            }
        }
        if (open >= 0) {
            result.set(open, rest(call, result, open));
        } else {
            requireSameCount(call, result);
        }
        return ShapeRules.one(result);
    }

    /// What -1 stands for: the input's elements over the other axes' product. Symbols that stand on both sides cancel.
    private static Dimension rest(Call call, List<Dimension> result, int open) {
        var above = new ArrayList<>(call.shape(0));
        long divisor = 1;
        boolean known = true;
        for (int i = 0; i < result.size(); i++) {
            if (i != open && result.get(i) instanceof Fixed(long size)) {
                divisor *= size;
            } else if (i != open) {
                known &= above.remove(result.get(i));
            }
        }
        long dividend = 1;
        var symbols = new ArrayList<Dimension>();
        for (var dimension : above) {
            if (dimension instanceof Fixed(long size)) {
                dividend *= size;
            } else {
                symbols.add(dimension);
            }
        }
        if (known && symbols.isEmpty()) {
            if (divisor == 0 || dividend % divisor != 0) {
                throw call.mismatch("no whole number for -1");
            }
            return new Fixed(dividend / divisor);
        }
        return known && symbols.size() == 1 && dividend == divisor
                ? symbols.getFirst()
                : call.unknown("dim" + open);
    }

    private static void requireSameCount(Call call, List<Dimension> result) {
        var before = count(call.shape(0));
        var after = count(result);
        if (before.isPresent() && after.isPresent() && !before.equals(after)) {
            throw call.mismatch(before.get() + " elements do not make " + result);
        }
    }

    private static Optional<Long> count(List<Dimension> shape) {
        long count = 1;
        for (var dimension : shape) {
            if (!(dimension instanceof Fixed(long size))) {
                return Optional.empty();
            }
            count *= size;
        }
        return Optional.of(count);
    }

    private static List<Dimension> unknowns(Call call, int rank) {
        return IntStream.range(0, rank).mapToObj(i -> call.unknown("dim" + i)).toList();
    }

    static List<List<Dimension>> transpose(Call call) {
        var shape = call.shape(0);
        var order = call.integers("perm");
        if (order == null) {
            return ShapeRules.one(shape.reversed());
        }
        var sorted = order.clone();
        Arrays.sort(sorted);
        if (!Arrays.equals(sorted, IntStream.range(0, shape.size()).asLongStream().toArray())) {
            throw call.mismatch("no order of the axes: " + Arrays.toString(order));
        }
        return ShapeRules.one(
                Arrays.stream(order).mapToObj(axis -> shape.get((int) axis)).toList());
    }

    static List<List<Dimension>> concat(Call call) {
        var result = new ArrayList<>(call.shape(0));
        int axis = call.axis("axis", 0, result.size());
        for (int i = 1; i < call.inputs().size(); i++) {
            ShapeRules.requireRank(call, i, result.size());
            for (int j = 0; j < result.size(); j++) {
                var next = call.shape(i).get(j);
                result.set(
                        j,
                        j == axis
                                ? sum(result.get(j), next)
                                : ShapeRules.unify(call, result.get(j), next));
            }
        }
        return ShapeRules.one(result);
    }

    private static Dimension sum(Dimension a, Dimension b) {
        return a instanceof Fixed(long first) && b instanceof Fixed(long second)
                ? new Fixed(first + second)
                : new Dimension.Symbolic(a + " + " + b);
    }

    static List<List<Dimension>> split(Call call) {
        int axis = call.axis("axis", 0, call.rank(0));
        var sizes = call.has(1) ? call.numbers(1) : equalParts(call, axis);
        var parts = new ArrayList<List<Dimension>>();
        for (int i = 0; i < call.outputs(); i++) {
            var part = new ArrayList<>(call.shape(0));
            int index = i;
            part.set(
                    axis,
                    sizes.<Dimension>map(all -> new Fixed(all[index]))
                            .orElseGet(() -> call.unknown("part" + index)));
            parts.add(part);
        }
        return parts;
    }

    private static Optional<long[]> equalParts(Call call, int axis) {
        if (!(call.shape(0).get(axis) instanceof Fixed(long size))) {
            return Optional.empty();
        }
        long each = Math.ceilDiv(size, (long) call.outputs());
        var sizes = new long[call.outputs()];
        Arrays.fill(sizes, each);
        sizes[sizes.length - 1] = size - each * (sizes.length - 1);
        return Optional.of(sizes);
    }

    static List<List<Dimension>> slice(Call call) {
        var result = new ArrayList<>(call.shape(0));
        int count =
                switch (call.shape(1).getFirst()) {
                    case Fixed(long size) -> (int) size;
                    case Dimension.Symbolic _ -> throw call.mismatch("unknown number of axes");
                };
        var axes =
                call.has(3)
                        ? call.numbers(3).orElseThrow(() -> call.mismatch("axes unknown"))
                        : IntStream.range(0, count).asLongStream().toArray();
        for (int i = 0; i < count; i++) {
            int axis = call.normalise(axes[i], result.size());
            result.set(axis, sliced(call, axis, i));
        }
        return ShapeRules.one(result);
    }

    private static Dimension sliced(Call call, int axis, int index) {
        var starts = call.numbers(1);
        var ends = call.numbers(2);
        var steps = call.has(4) ? call.numbers(4) : Optional.of(filled(index + 1, 1));
        if (starts.isEmpty() || ends.isEmpty() || steps.isEmpty()) {
            return call.unknown("dim" + axis);
        }
        long start = starts.get()[index];
        long end = ends.get()[index];
        long step = steps.get()[index];
        if (!(call.shape(0).get(axis) instanceof Fixed(long size))) {
            return start == -1 && end == Long.MAX_VALUE && step == 1
                    ? new Fixed(1)
                    : call.unknown("dim" + axis);
        }
        if (step > 0) {
            long from = Contents.clamp(start, (int) size);
            return new Fixed(
                    Math.max(0, Math.ceilDiv(Contents.clamp(end, (int) size) - from, step)));
        }
        long from = Math.clamp(start < 0 ? start + size : start, 0, (int) size - 1);
        long to = Math.clamp(end < 0 ? end + size : end, -1, (int) size - 1);
        return new Fixed(Math.max(0, Math.ceilDiv(to - from, step)));
    }

    private static long[] filled(int count, long value) {
        var values = new long[count];
        Arrays.fill(values, value);
        return values;
    }

    static List<List<Dimension>> expand(Call call) {
        var target =
                call.contents(1)
                        .map(entries -> entries.stream().map(Entry::toDimension).toList())
                        .orElseGet(() -> unknowns(call, (int) call.input(1).fixedSize(0)));
        return ShapeRules.one(ShapeRules.broadcast(call, call.shape(0), target));
    }

    static List<List<Dimension>> shapeOf(Call call) {
        int rank = call.rank(0);
        int from = Contents.clamp(call.integer("start", 0), rank);
        int to = Contents.clamp(call.integer("end", rank), rank);
        return ShapeRules.one(Dimension.fixed(Math.max(0, to - from)));
    }

    static List<List<Dimension>> unsqueeze(Call call) {
        var axes = call.numbers(1).orElseThrow(() -> call.mismatch("axes unknown"));
        int rank = call.rank(0) + axes.length;
        var at =
                Arrays.stream(axes).mapToInt(axis -> call.normalise(axis, rank)).sorted().toArray();
        var result = new ArrayList<>(call.shape(0));
        for (int axis : at) {
            result.add(axis, new Fixed(1));
        }
        return ShapeRules.one(result);
    }

    static List<List<Dimension>> squeeze(Call call) {
        var shape = call.shape(0);
        int[] axes =
                call.has(1)
                        ? Arrays.stream(
                                        call.numbers(1)
                                                .orElseThrow(() -> call.mismatch("axes unknown")))
                                .mapToInt(axis -> call.normalise(axis, shape.size()))
                                .toArray()
                        : IntStream.range(0, shape.size())
                                .filter(i -> shape.get(i).is(1))
                                .toArray();
        for (int axis : axes) {
            ShapeRules.unify(call, shape.get(axis), new Fixed(1));
        }
        return ShapeRules.one(ShapeRules.without(shape, axes, false));
    }

    static List<List<Dimension>> range(Call call) {
        var numbers = IntStream.range(0, 3).mapToObj(i -> scalar(call, i)).toList();
        if (numbers.stream().anyMatch(Optional::isEmpty)) {
            return ShapeRules.one(List.of(rangeToSymbol(call)));
        }
        long start = numbers.get(0).orElseThrow();
        long span = numbers.get(1).orElseThrow() - start;
        return ShapeRules.one(
                Dimension.fixed(Math.max(0, Math.ceilDiv(span, numbers.get(2).orElseThrow()))));
    }

    /// From 0 to a size in steps of 1 there are as many numbers as the size says.
    private static Dimension rangeToSymbol(Call call) {
        boolean counts =
                scalar(call, 0).filter(start -> start == 0).isPresent()
                        && scalar(call, 2).filter(step -> step == 1).isPresent();
        return call.contents(1)
                .filter(_ -> counts)
                .map(entries -> entries.getFirst().toDimension())
                .orElseGet(() -> call.unknown("count"));
    }

    private static Optional<Long> scalar(Call call, int input) {
        return call.numbers(input).map(values -> values[0]);
    }

    static List<List<Dimension>> constantOfShape(Call call) {
        return ShapeRules.one(
                call.contents(0)
                        .map(entries -> entries.stream().map(Entry::toDimension).toList())
                        .orElseGet(() -> unknowns(call, (int) call.input(0).fixedSize(0))));
    }

    static List<List<Dimension>> constant(Call call) {
        var tensor = call.tensor("value");
        if (tensor == null) {
            throw call.mismatch("no value");
        }
        return ShapeRules.one(
                Dimension.fixed(
                        tensor.value().dims().stream().mapToLong(Long::longValue).toArray()));
    }

    /// Sizes if they are given, else scales on the sizes that are known.
    static List<List<Dimension>> resize(Call call) {
        var result = new ArrayList<>(call.shape(0));
        var listed = call.integers("axes");
        var axes =
                listed == null
                        ? IntStream.range(0, result.size()).asLongStream().toArray()
                        : listed;
        var sizes = call.has(3) ? call.contents(3) : Optional.<List<Entry>>empty();
        for (int i = 0; i < axes.length; i++) {
            int axis = call.normalise(axes[i], result.size());
            int index = i;
            result.set(
                    axis,
                    sizes.map(all -> all.get(index).toDimension())
                            .orElseGet(() -> call.unknown("dim" + axis)));
        }
        return ShapeRules.one(result);
    }

    static List<List<Dimension>> tile(Call call) {
        var repeats = call.numbers(1);
        var result = new ArrayList<Dimension>();
        for (int i = 0; i < call.rank(0); i++) {
            long times = repeats.isPresent() ? repeats.get()[i] : -1;
            var before = call.shape(0).get(i);
            if (times == 1) {
                result.add(before);
            } else if (times >= 0 && before instanceof Fixed(long size)) {
                result.add(new Fixed(size * times));
            } else {
                result.add(call.unknown("dim" + i));
            }
        }
        return ShapeRules.one(result);
    }

    static List<List<Dimension>> pad(Call call) {
        int rank = call.rank(0);
        var pads = call.numbers(1);
        var result = new ArrayList<>(call.shape(0));
        var axes =
                call.has(3)
                        ? call.numbers(3).orElseThrow(() -> call.mismatch("axes unknown"))
                        : IntStream.range(0, rank).asLongStream().toArray();
        for (int i = 0; i < axes.length; i++) {
            int axis = call.normalise(axes[i], rank);
            result.set(
                    axis,
                    pads.isPresent() && result.get(axis) instanceof Fixed(long size)
                            ? new Fixed(size + pads.get()[i] + pads.get()[i + axes.length])
                            : call.unknown("dim" + axis));
        }
        return ShapeRules.one(result);
    }

    static List<List<Dimension>> topK(Call call) {
        var result = new ArrayList<>(call.shape(0));
        result.set(
                call.axis("axis", -1, result.size()),
                call.contents(1)
                        .map(entries -> entries.getFirst().toDimension())
                        .orElseGet(() -> call.unknown("k")));
        return Collections.nCopies(2, List.copyOf(result));
    }
}
