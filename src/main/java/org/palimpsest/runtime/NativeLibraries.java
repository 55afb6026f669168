package org.palimpsest.runtime;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// The native libraries of ONNX Runtime, unpacked once into a folder that is named after their version.
///
/// The package holds 600 MB of CUDA code; unpacking it at every start, as the library does by itself, takes seconds. So the
/// two core libraries are unpacked the first time, the CUDA ones the first time that a GPU is tried, each under a
/// temporary name and then moved, so that programs which start together never see half a file.
final class NativeLibraries {
    private static final String PATH_PROPERTY = "onnxruntime.native.path";
    private static final List<String> CORE = List.of("onnxruntime", "onnxruntime4j_jni");
    private static final List<String> CUDA =
            List.of("onnxruntime_providers_shared", "onnxruntime_providers_cuda");

    private final Path folder;
    private final String platform;

    private NativeLibraries(Path folder, String platform) {
        this.folder = folder;
        this.platform = platform;
    }

    /// Unpacks what the processor needs and tells ONNX Runtime where it is. To be called before any of its classes is used.
    static NativeLibraries prepare(Path cache) throws ProblemException {
        String platform = platform();
        String chosen = System.getProperty(PATH_PROPERTY, "");
        if (!chosen.isEmpty()) {
            return new NativeLibraries(Path.of(chosen), platform);
        }
        Path folder = cache.resolve("onnxruntime").resolve(packageName() + "-" + platform);
        var libraries = new NativeLibraries(folder, platform);
        libraries.unpack(CORE);
        System.setProperty(PATH_PROPERTY, folder.toString());
        return libraries;
    }

    /// Whether the package has CUDA code for this system.
    boolean hasCuda() {
        return CUDA.stream()
                .allMatch(name ->
                        resource(name) != null || Files.exists(folder.resolve(fileName(name))));
    }

    void unpackCuda() throws ProblemException {
        unpack(CUDA);
    }

    Path folder() {
        return folder;
    }

    private void unpack(List<String> names) throws ProblemException {
        for (String name : names) {
            Path target = folder.resolve(fileName(name));
            try {
                unpack(name, target);
            } catch (IOException e) {
                throw new ProblemException(
                        new Problem(
                                "The native library " + fileName(name) + " could not be unpacked",
                                target + ": " + e,
                                "Free some disk space, or name another folder with"
                                        + " -Dpalimpsest.cache=FOLDER"),
                        e);
            }
        }
    }

    private void unpack(String name, Path target) throws IOException, ProblemException {
        URL resource = resource(name);
        if (resource == null) {
            if (Files.exists(target)) {
                return;
            }
            throw new ProblemException(
                    "ONNX Runtime has no native library for this computer",
                    fileName(name) + " for " + platform + " is not in its package",
                    "Palimpsest runs on 64-bit Linux and Windows, and on Linux and macOS on ARM");
        }
        URLConnection connection = resource.openConnection();
        long expected = connection.getContentLengthLong();
        if (Files.exists(target) && Files.size(target) == expected) {
            return;
        }
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, fileName(name), ".part");
        try {
            try (InputStream in = connection.getInputStream()) {
                Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            }
            moveIntoPlace(temporary, target, expected);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void moveIntoPlace(Path temporary, Path target, long expected)
            throws IOException {
        try {
            Files.move(
                    temporary,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (FileAlreadyExistsException | java.nio.file.AccessDeniedException e) {
            // Windows keeps a loaded library from being replaced: another start was faster.
            if (!Files.exists(target) || Files.size(target) != expected) {
                throw e;
            }
        }
    }

    private @Nullable URL resource(String name) {
        return OrtEnvironment.class.getResource(
                "/ai/onnxruntime/native/" + platform + "/" + fileName(name));
    }

    private String fileName(String name) {
        if (platform.startsWith("win")) {
            return name + ".dll";
        }
        return platform.startsWith("osx") ? "lib" + name + ".dylib" : "lib" + name + ".so";
    }

    /// `onnxruntime_gpu-1.28.0`, from the file name of the package.
    private static String packageName() {
        CodeSource source = OrtEnvironment.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return "unknown";
        }
        String path = source.getLocation().getPath();
        String file = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.jar$", "");
        return file.isEmpty() ? "classes" : file;
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String first = system.contains("win") ? "win" : system.contains("mac") ? "osx" : "linux";
        String second =
                switch (processor) {
                    case "amd64", "x86_64" -> "x64";
                    case "aarch64", "arm64" -> "aarch64";
                    default -> processor;
                };
        return first + "-" + second;
    }
}
