package org.palimpsest.benchmark;

import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

/// What this machine can do at best, measured in the same run as the model it is compared with.
///
/// @param bytesPerSecond main memory read by all threads together
/// @param floatOperationsPerSecond float32 matrix product
/// @param int8OperationsPerSecond 8-bit matrix product
public record MachineLimits(
        double bytesPerSecond, double floatOperationsPerSecond, double int8OperationsPerSecond) {
    private static final long BYTES_PER_THREAD = 512L << 20;

    /// Measures the processor with this many threads; takes some seconds.
    public static MachineLimits measure(OnnxRuntime runtime, int threads) throws ProblemException {
        var device = new Device.Cpu(threads);
        return new MachineLimits(
                MemoryBandwidth.measure(threads, BYTES_PER_THREAD),
                MatrixPeak.float32(runtime, device),
                MatrixPeak.int8(runtime, device));
    }

    /// The larger of each figure.
    public MachineLimits best(MachineLimits other) {
        return new MachineLimits(
                Math.max(bytesPerSecond, other.bytesPerSecond),
                Math.max(floatOperationsPerSecond, other.floatOperationsPerSecond),
                Math.max(int8OperationsPerSecond, other.int8OperationsPerSecond));
    }
}
