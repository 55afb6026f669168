package org.palimpsest.runtime;

import java.util.LinkedHashMap;
import java.util.Map;

/// The outputs of one run that were not pinned. Closing frees those that were not taken.
public final class RunResult implements AutoCloseable {
    private final Map<String, NativeTensor> outputs;

    RunResult(Map<String, NativeTensor> outputs) {
        this.outputs = new LinkedHashMap<>(outputs);
    }

    /// An output, which stays owned by this result.
    ///
    /// @throws IllegalArgumentException if it was not asked for, was pinned or was taken
    public NativeTensor get(String name) {
        NativeTensor tensor = outputs.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("No output " + name + " in " + outputs.keySet());
        }
        return tensor;
    }

    /// An output that the caller closes from now on.
    public NativeTensor take(String name) {
        NativeTensor tensor = get(name);
        outputs.remove(name);
        return tensor;
    }

    @Override
    public void close() {
        outputs.values().forEach(NativeTensor::close);
        outputs.clear();
    }
}
