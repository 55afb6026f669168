import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/// The Java runtime of the packages: what Palimpsest uses of the JDK, with JavaFX in it.
final class RuntimeImage {
    /// What `jdeps --print-module-deps` finds in our jar and the libraries, apart from what no code of ours reaches
    /// (java.compiler, jdk.incubator.vector, jdk.jfr), and what is found by name at run time: the texts and numbers of the six
    /// languages, zip files as file systems, the character sets of other people's CSV files.
    static final List<String> MODULES =
            List.of(
                    "java.base",
                    "java.desktop",
                    "java.logging",
                    "java.management",
                    "java.naming",
                    "java.net.http",
                    "java.scripting",
                    "java.sql",
                    "java.xml",
                    "jdk.charsets",
                    "jdk.localedata",
                    "jdk.management",
                    "jdk.unsupported",
                    "jdk.zipfs",
                    "javafx.controls",
                    "javafx.fxml");

    private static final String LANGUAGES = "en,de,fr,es,ja,zh";

    private RuntimeImage() {}

    /// Links the runtime. JavaFX's jars become modules with their libraries beside them, so that nothing is unpacked into the
    /// person's folder either.
    static void link(Project project, Natives natives, Path work, Path into)
            throws IOException, InterruptedException {
        var modules = Files.createDirectories(work.resolve("jmods"));
        for (var jar : project.modules()) {
            if (isModule(jar)) {
                var name = jar.getFileName().toString().replaceFirst("-\\d.*", "");
                var folder = work.resolve("javafx").resolve(name);
                var libraries =
                        natives.split(jar, folder.resolve("classes"), folder.resolve("lib"));
                var command =
                        new ArrayList<>(
                                List.of(
                                        "create",
                                        "--class-path",
                                        folder.resolve("classes").toString()));
                libraries.ifPresent(found -> command.addAll(List.of("--libs", found.toString())));
                command.add(modules.resolve(name + ".jmod").toString());
                Tool.run("jmod", command);
            }
        }
        Tool.run(
                "jlink",
                List.of(
                        "--module-path",
                        modules.toString(),
                        "--add-modules",
                        String.join(",", MODULES),
                        "--include-locales=" + LANGUAGES,
                        "--no-header-files",
                        "--no-man-pages",
                        "--strip-debug",
                        "--generate-cds-archive",
                        "--output",
                        into.toString()));
        // The second archive is for heaps of more than 32 GB.
        try (var files = Files.walk(into)) {
            for (var file : files.filter(file -> file.endsWith("classes_nocoops.jsa")).toList()) {
                Files.delete(file);
            }
        }
    }

    /// JavaFX's artifacts without a system in their name are empty.
    private static boolean isModule(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.getEntry("module-info.class") != null;
        }
    }
}
