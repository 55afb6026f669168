package org.palimpsest.runtime;

import java.util.OptionalLong;

/// How a session is made.
///
/// @param device where it computes
/// @param prepacking whether matrices may be copied into the processor's favourite order; switched off, float32 weights in
///     a file are used where they lie, without a copy in memory
/// @param gpuMemoryLimit the most GPU memory in bytes that the session may take for its arena
/// @param graphOptimization whether ONNX Runtime may rewrite the graph
public record SessionSettings(
        Device device, boolean prepacking, OptionalLong gpuMemoryLimit, boolean graphOptimization) {

    public SessionSettings {
        if (gpuMemoryLimit.isPresent() && gpuMemoryLimit.getAsLong() <= 0) {
            throw new IllegalArgumentException("Memory limit " + gpuMemoryLimit);
        }
    }

    /// Prepacking and graph optimisation on, no memory limit.
    public static SessionSettings on(Device device) {
        return new SessionSettings(device, true, OptionalLong.empty(), true);
    }

    public SessionSettings withPrepacking(boolean wanted) {
        return new SessionSettings(device, wanted, gpuMemoryLimit, graphOptimization);
    }

    public SessionSettings withGpuMemoryLimit(OptionalLong bytes) {
        return new SessionSettings(device, prepacking, bytes, graphOptimization);
    }

    public SessionSettings withGraphOptimization(boolean wanted) {
        return new SessionSettings(device, prepacking, gpuMemoryLimit, wanted);
    }
}
