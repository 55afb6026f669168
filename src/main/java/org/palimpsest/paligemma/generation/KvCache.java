package org.palimpsest.paligemma.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.palimpsest.paligemma.config.TextConfig;
import org.palimpsest.paligemma.graph.Ports;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// Keys and values of every layer for a batch: `[batch, keyValueHeads, capacity, headDim]` each.
///
/// A run gets each buffer as input and as output, so the graph writes the new rows in place and nothing is copied.
final class KvCache implements AutoCloseable {
    private final List<NativeTensor> keys = new ArrayList<>();
    private final List<NativeTensor> values = new ArrayList<>();
    private final int capacity;

    KvCache(TextConfig config, ElementType elementType, int batch, int capacity) {
        this.capacity = capacity;
        var shape = Shape.of(batch, config.numKeyValueHeads(), capacity, config.headDim());
        try {
            for (int layer = 0; layer < config.numLayers(); layer++) {
                keys.add(NativeTensor.allocate(elementType, shape));
                values.add(NativeTensor.allocate(elementType, shape));
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            close();
            throw e;
        }
    }

    int capacity() {
        return capacity;
    }

    void addInputs(Map<String, NativeTensor> inputs) {
        for (int layer = 0; layer < keys.size(); layer++) {
            inputs.put(Ports.pastKey(layer), keys.get(layer));
            inputs.put(Ports.pastValue(layer), values.get(layer));
        }
    }

    void addOutputs(Map<String, NativeTensor> outputs) {
        for (int layer = 0; layer < keys.size(); layer++) {
            outputs.put(Ports.presentKey(layer), keys.get(layer));
            outputs.put(Ports.presentValue(layer), values.get(layer));
        }
    }

    @Override
    public void close() {
        keys.forEach(NativeTensor::close);
        values.forEach(NativeTensor::close);
    }
}
