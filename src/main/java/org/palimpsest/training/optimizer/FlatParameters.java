package org.palimpsest.training.optimizer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.Tensor;

/// The trained values, their gradients and the two means of AdamW, each in one piece of native memory, float32.
///
/// Every parameter has the same place in each piece, so one step of the optimizer is one walk over them, however many
/// parameters there are. Parameters that decay come first. Places are padded with zeros, which stay zeros. Closing frees the
/// memory. Not thread-safe.
public final class FlatParameters implements AutoCloseable {
    /// 64 bytes, a line of the processor's cache.
    private static final long ALIGNMENT = 16;

    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Arena arena = Arena.ofShared();
    private final Map<Piece, MemorySegment> pieces = new LinkedHashMap<>();
    private final long decayingLength;
    private final long length;

    /// What is kept for every trained value.
    public enum Piece {
        VALUES,
        GRADIENTS,
        /// Gradients of the runs of a step before this one.
        GRADIENT_SUM,
        /// Moving mean of the gradients.
        MEAN,
        /// Moving mean of the squared gradients.
        SQUARE
    }

    /// One parameter.
    ///
    /// @param decays whether weight decay applies to it
    public record Parameter(String name, Shape shape, boolean decays) {}

    private record Slot(Parameter parameter, long offset) {}

    public FlatParameters(List<Parameter> parameters) {
        long end = 0;
        var ordered = new ArrayList<Parameter>();
        parameters.stream().filter(Parameter::decays).forEach(ordered::add);
        int decaying = ordered.size();
        parameters.stream().filter(each -> !each.decays()).forEach(ordered::add);
        long decayingEnd = 0;
        for (int i = 0; i < ordered.size(); i++) {
            var parameter = ordered.get(i);
            if (slots.put(parameter.name(), new Slot(parameter, end)) != null) {
                throw new IllegalArgumentException("A second parameter " + parameter.name());
            }
            long count = parameter.shape().elementCount();
            end += Math.ceilDiv(count, ALIGNMENT) * ALIGNMENT;
            if (i + 1 == decaying) {
                decayingEnd = end;
            }
        }
        this.decayingLength = decayingEnd;
        this.length = end;
    }

    /// In the order of their places.
    public List<Parameter> parameters() {
        return slots.values().stream().map(Slot::parameter).toList();
    }

    /// Numbers that are trained, without the padding.
    public long valueCount() {
        return slots.values().stream()
                .mapToLong(slot -> slot.parameter().shape().elementCount())
                .sum();
    }

    /// Elements of each piece.
    long length() {
        return length;
    }

    /// Elements at the start of each piece to which weight decay applies.
    long decayingLength() {
        return decayingLength;
    }

    /// A whole piece; made of zeros when it is first asked for.
    public MemorySegment memory(Piece piece) {
        return pieces.computeIfAbsent(
                piece, _ -> arena.allocate(Math.max(length, ALIGNMENT) * Float.BYTES, 64));
    }

    /// Some elements of a piece; the memory stays ours, the view is the caller's to close.
    NativeTensor range(Piece piece, long from, long count) {
        var part = memory(piece).asSlice(from * Float.BYTES, count * Float.BYTES);
        return NativeTensor.over(new Tensor(ElementType.FLOAT32, Shape.of(count), part));
    }

    /// One parameter's place in a piece, as a tensor.
    public Tensor tensor(Piece piece, String name) {
        var slot = slot(name);
        var shape = slot.parameter().shape();
        var part =
                memory(piece)
                        .asSlice(slot.offset() * Float.BYTES, shape.elementCount() * Float.BYTES);
        return new Tensor(ElementType.FLOAT32, shape, part);
    }

    /// All parameters' places in a piece by name, for sessions; the caller closes each.
    public Map<String, NativeTensor> views(Piece piece) {
        var views = new LinkedHashMap<String, NativeTensor>();
        slots.keySet().forEach(name -> views.put(name, NativeTensor.over(tensor(piece, name))));
        return Collections.unmodifiableMap(views);
    }

    public float[] values(String name) {
        return tensor(Piece.VALUES, name).toFloats();
    }

    public void set(String name, float[] values) {
        var target = tensor(Piece.VALUES, name);
        if (values.length != target.shape().elementCount()) {
            throw new IllegalArgumentException(name + " has no " + values.length + " values");
        }
        MemorySegment.copy(values, 0, target.memory(), ValueLayout.JAVA_FLOAT, 0, values.length);
    }

    private Slot slot(String name) {
        var slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("No parameter " + name);
        }
        return slot;
    }

    @Override
    public void close() {
        arena.close();
    }
}
