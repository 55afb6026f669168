package org.palimpsest.runtime;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// How a session is made.
///
/// @param device where it computes
/// @param prepacking whether matrices may be copied into the processor's favourite order; switched off, float32 weights in
///     a file are used where they lie, without a copy in memory
/// @param gpuMemoryLimit the most GPU memory in bytes that the session may take for its arena
/// @param graphOptimization whether ONNX Runtime may rewrite the graph
/// @param memoryPattern whether the second run with inputs of one size takes the memory for all inner values in one block
///     as large as the first one needed; the memory of the first stays taken as well
/// @param profile the beginning of the name of a file that takes the time of every node, as JSON for a browser's trace viewer
///     (onnxruntime docs, performance/tune-performance/profiling-tools); written when the session is closed
public record SessionSettings(
        Device device,
        boolean prepacking,
        OptionalLong gpuMemoryLimit,
        boolean graphOptimization,
        boolean memoryPattern,
        Optional<Path> profile) {

    public SessionSettings {
        if (gpuMemoryLimit.isPresent() && gpuMemoryLimit.getAsLong() <= 0) {
            throw new IllegalArgumentException("Memory limit " + gpuMemoryLimit);
        }
    }

    /// Prepacking and graph optimisation on, no memory limit, no profile.
    public static SessionSettings on(Device device) {
        return new SessionSettings(
                device, true, OptionalLong.empty(), true, true, Optional.empty());
    }

    public SessionSettings withPrepacking(boolean wanted) {
        return new SessionSettings(
                device, wanted, gpuMemoryLimit, graphOptimization, memoryPattern, profile);
    }

    public SessionSettings withGpuMemoryLimit(OptionalLong bytes) {
        return new SessionSettings(
                device, prepacking, bytes, graphOptimization, memoryPattern, profile);
    }

    public SessionSettings withGraphOptimization(boolean wanted) {
        return new SessionSettings(
                device, prepacking, gpuMemoryLimit, wanted, memoryPattern, profile);
    }

    public SessionSettings withMemoryPattern(boolean wanted) {
        return new SessionSettings(
                device, prepacking, gpuMemoryLimit, graphOptimization, wanted, profile);
    }

    public SessionSettings withProfile(Optional<Path> wanted) {
        return new SessionSettings(
                device, prepacking, gpuMemoryLimit, graphOptimization, memoryPattern, wanted);
    }
}
