package org.palimpsest.diagnosis;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.palimpsest.runtime.Gpu;
import org.palimpsest.runtime.GpuState;

/// Computers that a test describes.
public final class Cases {
    public static final long GIGABYTE = 1_000_000_000L;
    public static final Gpu GPU =
            new Gpu(0, "NVIDIA GeForce RTX 4070", "570.86.15", 12 * GIGABYTE, 11 * GIGABYTE);

    private Cases() {}

    public static Surroundings computer(long free, long total, GpuState gpu) {
        return new Surroundings(
                new Machine(
                        "Linux 6.8.0",
                        "amd64",
                        "25.0.1 (Eclipse Adoptium)",
                        8,
                        total,
                        free,
                        total / 4),
                new Surroundings.Runtime.Started("1.28.0"),
                Optional.of(gpu),
                Path.of("/home/ada/.cache/palimpsest"),
                180 * GIGABYTE);
    }

    public static Surroundings noGpu() {
        return computer(9 * GIGABYTE, 16 * GIGABYTE, new GpuState.NoDriver("libcuda.so.1", false));
    }

    public static Surroundings noDriver() {
        return computer(9 * GIGABYTE, 16 * GIGABYTE, new GpuState.NoDriver("libcuda.so.1", true));
    }

    public static Surroundings cudaMissing() {
        return computer(
                9 * GIGABYTE,
                16 * GIGABYTE,
                new GpuState.LibrariesMissing(
                        GPU, List.of("libcudart.so.12", "libcublasLt.so.12", "libcublas.so.12")));
    }

    public static Surroundings small() {
        return computer(3 * GIGABYTE, 8 * GIGABYTE, new GpuState.NoDriver("libcuda.so.1", false));
    }
}
