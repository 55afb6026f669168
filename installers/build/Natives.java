import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Takes native libraries out of jars, so that a start unpacks nothing and no package carries another system's.
final class Natives {
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib|a|lib)");

    // What the CPU package leaves out: 600 MB that only a GPU from NVIDIA can use.
    private static final Pattern CUDA =
            Pattern.compile(".*onnxruntime_providers_(cuda|shared)\\..*");
    private static final Pattern PROVIDER = Pattern.compile(".*onnxruntime_providers_.*");

    private final Target target;

    Natives(Target target) {
        this.target = target;
    }

    /// Copies a jar without its native libraries; those of this system go into a folder. A jar without any is copied as
    /// it is, apart from one with [OldClasses].
    void copy(Path jar, Path into, Path folder) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var natives = natives(zip);
            boolean old = jar.getFileName().toString().startsWith("picocli");
            if (natives.isEmpty() && !old) {
                Files.copy(jar, into);
                return;
            }
            var classes = new OldClasses(zip);
            for (var entry : natives) {
                if (unpackedFrom(entry) && !PROVIDER.matcher(entry.getName()).matches()) {
                    unpack(zip, entry, folder);
                }
            }
            try (var out = new ZipOutputStream(Files.newOutputStream(into))) {
                for (var entry : zip.stream().toList()) {
                    if (!isNative(entry) || keptIn(jar, entry)) {
                        write(zip, entry, old ? classes : null, out);
                    }
                }
            }
        }
    }

    /// ONNX Runtime's CUDA code; empty where it has none for this system.
    List<Path> cuda(Path jar, Path folder) throws IOException {
        var found = new ArrayList<Path>();
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : natives(zip)) {
                if (unpackedFrom(entry) && CUDA.matcher(entry.getName()).matches()) {
                    found.add(unpack(zip, entry, folder));
                }
            }
        }
        return found;
    }

    private static List<? extends ZipEntry> natives(ZipFile zip) {
        return zip.stream().filter(Natives::isNative).toList();
    }

    private static boolean isNative(ZipEntry entry) {
        return NATIVE.matcher(entry.getName()).matches();
    }

    private boolean unpackedFrom(ZipEntry entry) {
        return folders().stream().anyMatch(entry.getName()::startsWith);
    }

    private List<String> folders() {
        return List.of(
                "ai/onnxruntime/native/" + target.onnxRuntime() + "/",
                "native/lib/" + target.djl() + "/cpu/",
                "org/sqlite/native/" + target.xerial() + "/",
                "org/xerial/snappy/native/" + target.xerial() + "/");
    }

    /// The WebP library can only be found in its jar; it is unpacked when the first WebP image is read. JNA is there for
    /// what the tokenizers do not use.
    private boolean keptIn(Path jar, ZipEntry entry) {
        return jar.getFileName().toString().startsWith("webp-imageio")
                && entry.getName().startsWith("native/" + target.xerial() + "/");
    }

    private static Path unpack(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
        var name = entry.getName();
        var file = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
        try (var in = zip.getInputStream(entry)) {
            Files.copy(in, file);
        }
        return file;
    }

    private static void write(ZipFile zip, ZipEntry entry, OldClasses old, ZipOutputStream out)
            throws IOException {
        var copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        try (var in = zip.getInputStream(entry)) {
            var bytes = in.readAllBytes();
            boolean raised = old != null && entry.getName().endsWith(".class");
            out.write(raised ? old.raised(bytes) : bytes);
        }
        out.closeEntry();
    }

    /// The folder for the classes of a JavaFX jar, and the one for its libraries where it has any.
    Optional<Path> split(Path jar, Path classes, Path libraries) throws IOException {
        boolean any = false;
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
                if (isNative(entry)) {
                    Files.createDirectories(libraries);
                    unpack(zip, entry, libraries);
                    any = true;
                } else {
                    var file = classes.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    try (var in = zip.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                }
            }
        }
        return any ? Optional.of(libraries) : Optional.empty();
    }
}
