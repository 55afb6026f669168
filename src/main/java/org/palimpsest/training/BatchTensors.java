package org.palimpsest.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.paligemma.graph.Ports;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.training.data.BatchArrays;

/// A batch in native memory, under the names of the graph's inputs. Closing frees it.
final class BatchTensors implements AutoCloseable {
    /// What hides a position in float16, whose numbers end at 65504.
    private static final float HIDDEN_IN_HALF = -60_000f;

    private final Map<String, NativeTensor> inputs = new HashMap<>();
    private final ElementType computeType;
    private final int batch;

    /// @param computeType of the masks
    /// @param dropoutSeed from 0 to 2³¹ − 2
    BatchTensors(BatchArrays arrays, ElementType computeType, long dropoutSeed) {
        this.computeType = computeType;
        this.batch = arrays.batch();
        int sequence = arrays.sequence();
        put(Ports.TOKEN_IDS, longs(arrays.tokenIds(), batch, arrays.text()));
        put(Ports.POSITIONS, longs(arrays.positions(), batch, sequence));
        put(Ports.TARGET_PLACES, longs(arrays.targetPlaces(), arrays.targets(), 2));
        put(Ports.TARGET_IDS, longs(arrays.targetIds(), arrays.targets(), 1));
        put(Ports.DROPOUT_SEED, NativeTensor.ofLongs(Shape.SCALAR, dropoutSeed));
        put(Ports.MASK, mask(arrays.mask(), sequence));
        arrays.localMask().ifPresent(local -> put(Ports.LOCAL_MASK, mask(local, sequence)));
    }

    private void put(String name, NativeTensor tensor) {
        var before = inputs.put(name, tensor);
        if (before != null) {
            before.close();
        }
    }

    private static NativeTensor longs(long[] values, long... shape) {
        return NativeTensor.ofLongs(Shape.of(shape), values);
    }

    private NativeTensor mask(float[] values, int sequence) {
        var shape = Shape.of(batch, 1, sequence, sequence);
        if (computeType == ElementType.FLOAT32) {
            return NativeTensor.ofFloats(shape, values);
        }
        var narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = Math.max(values[i], HIDDEN_IN_HALF);
        }
        return NativeTensor.ofFloats(computeType, shape, narrow);
    }

    /// @param features of each example's image, `[tokens, width]`
    BatchTensors withFeatures(List<float[]> features, int tokens, int width) {
        put(Ports.IMAGE_FEATURES, floats(features, Shape.of(batch, tokens, width)));
        return this;
    }

    /// @param pixels of each example's image, `[3, size, size]`
    BatchTensors withPixels(List<float[]> pixels, int size) {
        put(Ports.PIXEL_VALUES, floats(pixels, Shape.of(batch, 3, size, size)));
        return this;
    }

    private static NativeTensor floats(List<float[]> parts, Shape shape) {
        var all = new float[Math.toIntExact(shape.elementCount())];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return NativeTensor.ofFloats(shape, all);
    }

    Map<String, NativeTensor> inputs() {
        return Collections.unmodifiableMap(inputs);
    }

    @Override
    public void close() {
        new ArrayList<>(inputs.values()).forEach(NativeTensor::close);
        inputs.clear();
    }
}
