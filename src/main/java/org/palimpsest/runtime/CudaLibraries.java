package org.palimpsest.runtime;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// The CUDA 12 libraries that ONNX Runtime needs on the GPU: on the system, or in a folder of our own.
public final class CudaLibraries {
    /// In the order in which one needs the other (`readelf -d libonnxruntime_providers_cuda.so`, 1.28.0).
    private static final List<String> LINUX =
            List.of("libcudart.so.12", "libcublasLt.so.12", "libcublas.so.12", "libcurand.so.10");

    private static final List<String> WINDOWS =
            List.of("cudart64_12.dll", "cublasLt64_12.dll", "cublas64_12.dll", "curand64_10.dll");

    private CudaLibraries() {}

    /// Where `palimpsest doctor --install-cuda` puts the libraries, and where they are looked for after the system.
    public static Path directory() {
        return CacheFolder.path().resolve("cuda");
    }

    /// The file names of the libraries, in loading order.
    public static List<String> names() {
        return isWindows() ? WINDOWS : LINUX;
    }

    /// The libraries that are neither on the system nor in [#directory()]. Those found are loaded and stay loaded.
    ///
    /// @throws ProblemException if a library is in the folder but cannot be loaded
    public static List<String> loadAll() throws ProblemException {
        var missing = new ArrayList<String>();
        for (String name : names()) {
            if (loads(name)) {
                continue;
            }
            Optional<Path> own = find(name);
            if (own.isPresent()) {
                load(own.get());
            } else {
                missing.add(name);
            }
        }
        return List.copyOf(missing);
    }

    /// Whether the system's loader finds this library.
    static boolean loads(String name) {
        try {
            SymbolLookup.libraryLookup(name, Arena.global());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void load(Path file) throws ProblemException {
        try {
            SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    new Problem(
                            "A CUDA library cannot be loaded",
                            file + ": " + e.getMessage(),
                            "Delete the folder "
                                    + directory()
                                    + " and run palimpsest doctor"
                                    + " --install-cuda again"),
                    e);
        }
    }

    private static Optional<Path> find(String name) throws ProblemException {
        Path folder = directory();
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(folder, 6)) {
            return files.filter(file -> file.endsWith(name)).sorted().findFirst();
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder of CUDA libraries cannot be read", folder + ": " + e, ""),
                    e);
        }
    }

    static boolean isWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");
    }
}
