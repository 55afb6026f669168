import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Runs a tool of the JDK that runs this.
final class Tool {
    private Tool() {}

    static void run(String name, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(path(Path.of(System.getProperty("java.home")), name).toString());
        command.addAll(arguments);
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(name + " ended with " + code + ": " + String.join(" ", command));
        }
    }

    static Path path(Path home, String name) throws IOException {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");
        var file = home.resolve("bin").resolve(windows ? name + ".exe" : name);
        if (!Files.exists(file)) {
            throw new IOException(file + " is missing: a whole JDK 25 is needed");
        }
        return file;
    }
}
