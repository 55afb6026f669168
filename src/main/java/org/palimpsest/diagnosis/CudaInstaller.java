package org.palimpsest.diagnosis;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.Folders;

/// Fetches the CUDA libraries that ONNX Runtime needs, with the person's Maven, and lays them into one folder.
///
/// They come from the JavaCPP presets' redistributable archive on Maven Central, the newest one with CUDA 12 and
/// cuDNN 9 (its later releases for CUDA 12 have no such archive: bytedeco/javacpp-presets#1638). What the archive
/// holds was read from its directory. The archive itself stays in Maven's local repository.
///
/// Not thread-safe.
public final class CudaInstaller {
    /// What is fetched, in bytes.
    public static final long DOWNLOAD_BYTES = 2_026_748_503L;

    /// What the libraries take on disk, in bytes.
    public static final long INSTALLED_BYTES = 1_960_000_000L;

    static final String VERSION = "12.6-9.5-1.5.11";

    private static final String ARTIFACT =
            "org.bytedeco:cuda:" + VERSION + ":jar:linux-x86_64-redist";
    private static final String UNPACK =
            "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack";
    private static final List<String> LIBRARIES =
            List.of(
                    "libcudart.so.12",
                    "libcublas.so.12",
                    "libcublasLt.so.12",
                    "libcurand.so.10",
                    "libcufft.so.11",
                    "libnvrtc.so.12",
                    "libnvrtc-builtins.so.12.6",
                    "libnvJitLink.so.12",
                    "libcudnn.so.9",
                    "libcudnn_adv.so.9",
                    "libcudnn_cnn.so.9",
                    "libcudnn_engines_precompiled.so.9",
                    "libcudnn_engines_runtime_compiled.so.9",
                    "libcudnn_graph.so.9",
                    "libcudnn_heuristic.so.9",
                    "libcudnn_ops.so.9");

    private final String artifact;
    private final List<String> libraries;
    private final long neededBytes;

    public CudaInstaller() {
        this(ARTIFACT, LIBRARIES, DOWNLOAD_BYTES + INSTALLED_BYTES);
    }

    CudaInstaller(String artifact, List<String> libraries, long neededBytes) {
        this.artifact = artifact;
        this.libraries = List.copyOf(libraries);
        this.neededBytes = neededBytes;
    }

    /// Whether this kind of computer has such an archive: Linux on x86-64.
    public static boolean isSupported() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    /// Fetches the libraries and puts them into a folder; what lies there already is replaced.
    ///
    /// @throws ProblemException if Maven is missing or fails, or the disk has not enough room
    public void install(Path folder, Progress progress) throws ProblemException {
        try {
            Files.createDirectories(folder);
            requireRoom(folder);
            Path unpacked = Files.createTempDirectory(folder, "unpacking");
            try {
                runMaven(unpacked, progress);
                moveLibraries(unpacked, folder);
            } finally {
                Folders.delete(unpacked);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The CUDA libraries could not be installed",
                            folder + ": " + e.getMessage(),
                            "Make room or choose a folder you may write to"),
                    e);
        }
    }

    private void requireRoom(Path folder) throws IOException, ProblemException {
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < neededBytes) {
            throw new ProblemException(
                    "There is not enough room for the CUDA libraries",
                    String.format(
                            Locale.ROOT,
                            "%s has %.1f GB free, %.1f GB are needed",
                            folder,
                            room / 1e9,
                            neededBytes / 1e9),
                    "Free some space and try again");
        }
    }

    private void runMaven(Path target, Progress progress) throws IOException, ProblemException {
        var includes = new ArrayList<String>();
        libraries.forEach(library -> includes.add("**/" + library));
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        var command =
                List.of(
                        windows ? "mvn.cmd" : "mvn",
                        "-Dstyle.color=never",
                        UNPACK,
                        "-Dartifact=" + artifact,
                        "-DoutputDirectory=" + target.toAbsolutePath(),
                        "-Dmdep.unpack.includes=" + String.join(",", includes));
        var lastLines = new ArrayDeque<String>();
        Process maven = start(command, target);
        try (BufferedReader lines = maven.inputReader(Charset.defaultCharset())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (progress.isCancelled()) {
                    maven.destroy();
                    throw new ProblemException(
                            "Installing the CUDA libraries was cancelled", "", "");
                }
                // Carriage returns separate Maven's transfer reports, and readLine takes them as
                // line ends.
                if (!line.isBlank()) {
                    progress.message(line.strip());
                    lastLines.add(line.strip());
                    if (lastLines.size() > 30) {
                        lastLines.remove();
                    }
                }
            }
            int exitCode = maven.waitFor();
            if (exitCode != 0) {
                throw new ProblemException(
                        "Maven could not fetch the CUDA libraries",
                        lastLines.stream()
                                .filter(line -> line.startsWith("[ERROR]"))
                                .findFirst()
                                .orElse("exit code " + exitCode),
                        "Check the network and Maven's settings, then try again");
            }
        } catch (InterruptedException e) {
            maven.destroy();
            Thread.currentThread().interrupt();
            throw new ProblemException("Installing the CUDA libraries was cancelled", "", "");
        }
    }

    private static Process start(List<String> command, Path folder) throws ProblemException {
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "Maven (mvn) could not be started",
                            String.valueOf(e.getMessage()),
                            "Install Maven, or install CUDA 12 and cuDNN 9 with your system's package"
                                    + " manager"),
                    e);
        }
    }

    private void moveLibraries(Path unpacked, Path folder) throws IOException, ProblemException {
        try (var files = Files.walk(unpacked)) {
            var found = files.filter(Files::isRegularFile).toList();
            for (String library : libraries) {
                Path file =
                        found.stream()
                                .filter(candidate -> candidate.endsWith(library))
                                .findFirst()
                                .orElseThrow(() -> missing(library));
                Files.move(file, folder.resolve(library), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private ProblemException missing(String library) {
        return new ProblemException(
                "The archive of CUDA libraries is not what was expected",
                library + " is not in " + artifact,
                "Install CUDA 12 and cuDNN 9 with your system's package manager");
    }
}
