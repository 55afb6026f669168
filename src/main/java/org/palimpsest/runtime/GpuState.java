package org.palimpsest.runtime;

import java.util.List;

/// A GPU that can be used, or the first thing that stands in the way of it.
public sealed interface GpuState {

    /// Models can compute on it.
    record Usable(Gpu gpu) implements GpuState {}

    /// No NVIDIA driver is installed.
    ///
    /// @param library the driver's library that was looked for
    /// @param seen whether the computer has an NVIDIA GPU all the same
    record NoDriver(String library, boolean seen) implements GpuState {}

    /// The driver knows of no such GPU.
    ///
    /// @param count how many it knows of
    record NoDevice(int count) implements GpuState {}

    /// The driver does not work.
    record DriverFails(String reason, String remedy) implements GpuState {}

    /// This package of ONNX Runtime has no CUDA code for this system.
    ///
    /// @param seen whether the computer has an NVIDIA GPU
    record NoCudaCode(boolean seen) implements GpuState {}

    /// The CUDA libraries that ONNX Runtime needs are neither on the system nor in [CudaLibraries#directory()].
    ///
    /// @param libraries file names, not empty
    record LibrariesMissing(Gpu gpu, List<String> libraries) implements GpuState {
        public LibrariesMissing {
            libraries = List.copyOf(libraries);
        }
    }

    /// Everything is there, and ONNX Runtime does not take it.
    record Refused(Gpu gpu, String reason) implements GpuState {}
}
