package org.palimpsest.diagnosis;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.palimpsest.problem.Problem;
import org.palimpsest.runtime.Gpu;

/// Something about this computer or the model that a person should know, with the facts that its words need.
public sealed interface Finding {

    /// How bad it is.
    enum Severity {
        /// Good to know; nothing is missing.
        NOTE,
        /// It works, but could be better.
        WARNING,
        /// Models cannot be used before it is mended.
        ERROR
    }

    Severity severity();

    /// What a person types to mend it or to see more, where that is one line.
    default Optional<String> command() {
        return Optional.empty();
    }

    /// There is no NVIDIA GPU, so the processor computes.
    ///
    /// @param certain whether the computer was searched, or only no driver was found
    record NoGpu(boolean certain) implements Finding {
        @Override
        public Severity severity() {
            return Severity.NOTE;
        }
    }

    /// There is an NVIDIA GPU and no driver for it.
    ///
    /// @param library of the driver, which was looked for
    /// @param install what installs the driver on this system, where that is known
    record DriverMissing(String library, Optional<String> install) implements Finding {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public Optional<String> command() {
            return install;
        }
    }

    /// The driver is there and finds no GPU, or does not work.
    ///
    /// @param reason what it says
    record DriverFails(String reason) implements Finding {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public Optional<String> command() {
            return Optional.of("nvidia-smi");
        }
    }

    /// The driver is there, the CUDA libraries are not.
    ///
    /// @param canInstall whether this program can fetch them
    record CudaLibrariesMissing(Gpu gpu, List<String> libraries, boolean canInstall)
            implements Finding {
        public CudaLibrariesMissing {
            libraries = List.copyOf(libraries);
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public Optional<String> command() {
            return canInstall ? Optional.of("palimpsest doctor --install-cuda") : Optional.empty();
        }
    }

    /// There is a GPU, and this package of the program is the one for the processor.
    record ProcessorPackage() implements Finding {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /// Everything for the GPU is there, and it cannot be used all the same.
    ///
    /// @param reason what ONNX Runtime says
    record GpuRefused(Gpu gpu, String reason) implements Finding {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public Optional<String> command() {
            return Optional.of("nvidia-smi");
        }
    }

    /// The device that was asked for by its name cannot be used.
    record DeviceUnusable(Problem problem) implements Finding {
        @Override
        public Severity severity() {
            return Severity.ERROR;
        }
    }

    /// The model needs more memory than there is.
    ///
    /// @param where the GPU's name; empty for the computer's main memory
    record MemoryTooSmall(String model, MemoryFit fit, Optional<String> where) implements Finding {
        @Override
        public Severity severity() {
            return fit.verdict() == MemoryFit.Verdict.TOO_LARGE ? Severity.ERROR : Severity.WARNING;
        }
    }

    /// The model's folder is not what it should be: no model, a file missing or cut off.
    record ModelDamaged(Path folder, Problem problem) implements Finding {
        @Override
        public Severity severity() {
            return Severity.ERROR;
        }
    }

    /// The model's folder looks right, and the model does not run.
    record ModelFails(Path folder, Problem problem) implements Finding {
        @Override
        public Severity severity() {
            return Severity.ERROR;
        }
    }

    /// ONNX Runtime does not start.
    record RuntimeFails(Problem problem) implements Finding {
        @Override
        public Severity severity() {
            return Severity.ERROR;
        }
    }

    /// Little room is left where the program keeps libraries and pictures.
    record DiskNearlyFull(Path folder, long freeBytes) implements Finding {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }
}
