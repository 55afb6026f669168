package org.palimpsest.diagnosis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CacheFolder;
import org.palimpsest.runtime.Gpu;
import org.palimpsest.runtime.GpuState;
import org.palimpsest.runtime.OnnxRuntime;

/// What a computer offers to a model, before any is tried.
///
/// @param onnxRuntime its version, or why it does not start
/// @param gpu empty where it could not be asked for
/// @param cache where libraries are unpacked and pictures kept
/// @param cacheFreeBytes room on the disk of that folder
public record Surroundings(
        Machine machine,
        Runtime onnxRuntime,
        Optional<GpuState> gpu,
        Path cache,
        long cacheFreeBytes) {

    /// How ONNX Runtime is.
    public sealed interface Runtime {

        /// It starts.
        record Started(String version) implements Runtime {}

        /// It does not.
        record Fails(Problem problem) implements Runtime {}
    }

    /// The GPU that the computer has, if any is known by name.
    public Optional<Gpu> knownGpu() {
        return gpu.flatMap(state ->
                switch (state) {
                    case GpuState.Usable(Gpu known) -> Optional.of(known);
                    case GpuState.LibrariesMissing(Gpu known, _) -> Optional.of(known);
                    case GpuState.Refused(Gpu known, _) -> Optional.of(known);
                    case GpuState.NoDriver _,
                            GpuState.NoDevice _,
                            GpuState.DriverFails _,
                            GpuState.NoCudaCode _ ->
                            Optional.empty();
                });
    }

    /// This computer now. Starts ONNX Runtime and tries the GPU, which takes seconds the first time.
    public static Surroundings look() {
        Path cache = CacheFolder.path();
        try (OnnxRuntime runtime = OnnxRuntime.start()) {
            Optional<GpuState> gpu;
            try {
                gpu = Optional.of(runtime.gpu(0));
            } catch (ProblemException e) {
                gpu =
                        Optional.of(
                                new GpuState.DriverFails(
                                        e.problem().summary() + ": " + e.problem().detail(),
                                        e.problem().remedy()));
            }
            return new Surroundings(
                    Machine.current(),
                    new Runtime.Started(runtime.version()),
                    gpu,
                    cache,
                    free(cache));
        } catch (ProblemException e) {
            return new Surroundings(
                    Machine.current(),
                    new Runtime.Fails(e.problem()),
                    Optional.empty(),
                    cache,
                    free(cache));
        }
    }

    private static long free(Path folder) {
        for (Path one = folder.toAbsolutePath(); one != null; one = one.getParent()) {
            if (Files.isDirectory(one)) {
                try {
                    return Files.getFileStore(one).getUsableSpace();
                } catch (IOException e) {
                    return Long.MAX_VALUE;
                }
            }
        }
        return Long.MAX_VALUE;
    }
}
