package org.palimpsest.diagnosis;

import java.util.Locale;
import org.palimpsest.problem.Problem;

/// Findings in English, as the command line says them.
public final class FindingWords {
    private FindingWords() {}

    /// What was found, with the facts and what to do.
    public static Problem of(Finding finding) {
        return switch (finding) {
            case Finding.NoGpu(boolean certain) ->
                    new Problem(
                            certain ? "This computer has no NVIDIA GPU" : "No NVIDIA GPU was found",
                            "The processor computes; small models answer in seconds, the published ones in"
                                    + " half a minute or more",
                            certain
                                    ? ""
                                    : "If there is one, install its driver from"
                                            + " https://www.nvidia.com/drivers");
            case Finding.DriverMissing(String library, _) ->
                    new Problem(
                            "There is an NVIDIA GPU, but no driver for it",
                            library + " is missing",
                            "Install the NVIDIA driver, restart the computer and look again");
            case Finding.DriverFails(String reason) ->
                    new Problem(
                            "The NVIDIA driver does not give a GPU",
                            reason,
                            "nvidia-smi says whether the driver works; restart the computer after an"
                                    + " update of the driver");
            case Finding.CudaLibrariesMissing missing ->
                    new Problem(
                            "The GPU cannot be used: CUDA libraries are missing",
                            missing.gpu().name() + "; " + String.join(", ", missing.libraries()),
                            missing.canInstall()
                                    ? "Let palimpsest doctor --install-cuda fetch them, or install CUDA 12 and"
                                            + " cuDNN 9"
                                    : "Install CUDA 12 and cuDNN 9 from NVIDIA");
            case Finding.ProcessorPackage _ ->
                    new Problem(
                            "There is a GPU, but this package of the program computes on the processor",
                            "ONNX Runtime came without CUDA code",
                            "Install the package with GPU support");
            case Finding.GpuRefused(var gpu, String reason) ->
                    new Problem(
                            "The GPU cannot be used",
                            gpu.name() + ": ONNX Runtime refuses it: " + reason,
                            "Update the NVIDIA driver, and see with nvidia-smi whether the GPU works");
            case Finding.DeviceUnusable(Problem problem) -> problem;
            case Finding.MemoryTooSmall(String model, MemoryFit fit, var where) ->
                    new Problem(
                            where.map(gpu -> "Not enough memory on " + gpu)
                                    .orElse("Not enough memory on this computer"),
                            String.format(
                                    Locale.ROOT,
                                    "%s needs about %.1f GB, %.1f of %.1f GB are free",
                                    model,
                                    fit.need().total() / 1e9,
                                    fit.freeBytes() / 1e9,
                                    fit.totalBytes() / 1e9),
                            fit.verdict() == MemoryFit.Verdict.TOO_LARGE
                                    ? "Use a smaller model, a smaller image size, or the q4 files of an ONNX"
                                            + " folder"
                                    : "Close other programs and look again, or use a smaller model");
            case Finding.ModelDamaged(_, Problem problem) -> problem;
            case Finding.ModelFails(_, Problem problem) -> problem;
            case Finding.RuntimeFails(Problem problem) -> problem;
            case Finding.DiskNearlyFull(var folder, long free) ->
                    new Problem(
                            "The disk is nearly full",
                            String.format(
                                    Locale.ROOT, "%.1f GB are left for %s", free / 1e9, folder),
                            "Free some space");
        };
    }
}
