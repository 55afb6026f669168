import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Records which classes a start needs (an AOT cache, JEP 483 and 514), by starting the packaged program once.
///
/// The virtual machine takes the cache only with the same runtime, options, order of jars, and their sizes and times;
/// where they lie does not matter. A cache that does not fit costs time, nothing else.
final class Recording {
    private static final long MINUTES = 5;

    /// The ways to start, each with a record of its own: a machine that starts with what the window needs loads ten thousand
    /// classes, which costs a command more than it gains.
    enum Start {
        WINDOW,
        COMMANDS;

        String file() {
            return word() + ".aot";
        }

        /// The value of the system property `palimpsest.rehearsal`.
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Recording() {}

    /// @param app the folder of the program's files in the image, with jpackage's configuration
    static Path record(Path app, Path runtime, String name, Start start, Path work)
            throws IOException, InterruptedException {
        var cache = work.resolve(start.file());
        var command = new ArrayList<String>();
        command.add(Tool.path(runtime, "java").toString());
        command.addAll(options(app, name));
        command.addAll(
                List.of(
                        "-XX:AOTCacheOutput=" + cache,
                        "-Dpalimpsest.rehearsal=" + start.word(),
                        "-Dprism.order=sw",
                        "-Duser.home=" + work.resolve("person")));
        if (!hasDisplay()) {
            command.add("-Dglass.platform=Headless");
        }
        command.addAll(
                List.of("-cp", String.join(java.io.File.pathSeparator, classPath(app, name))));
        command.add(value(app, name, "app.mainclass=").getFirst());
        Files.createDirectories(work.resolve("person"));
        var log = work.resolve(start.word() + ".log");
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("XDG_CONFIG_HOME", work.resolve("person/.config").toString());
        builder.environment().put("XDG_CACHE_HOME", work.resolve("person/.cache").toString());
        builder.environment().put("LOCALAPPDATA", work.resolve("person").toString());
        builder.environment().put("APPDATA", work.resolve("person").toString());
        var process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("The rehearsal did not end; see " + log);
        }
        if (process.exitValue() != 0 || !Files.exists(cache)) {
            throw new IOException(
                    "The rehearsal failed with " + process.exitValue() + "; see " + log);
        }
        return cache;
    }

    private static List<String> options(Path app, String name) throws IOException {
        return value(app, name, "java-options=").stream()
                .filter(option -> !option.startsWith("-XX:AOTCache") && !option.startsWith("-Xlog"))
                .toList();
    }

    private static List<String> classPath(Path app, String name) throws IOException {
        return value(app, name, "app.classpath=");
    }

    private static List<String> value(Path app, String name, String key) throws IOException {
        return Files.readAllLines(app.resolve(name + ".cfg")).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace("$APPDIR", app.toString()))
                .toList();
    }

    private static boolean hasDisplay() {
        return !System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")
                || System.getenv("DISPLAY") != null;
    }
}
