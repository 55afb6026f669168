import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the build left behind: version, libraries and options of the Java virtual machine, each read where it is kept.
///
/// @param home the folder of the checkout
record Project(Path home) {

    /// The version in `pom.xml`.
    String version() throws IOException {
        return fromPom("<artifactId>palimpsest</artifactId>\\s*<version>([^<]+)</version>");
    }

    String description() throws IOException {
        return fromPom("<description>([^<]+)</description>");
    }

    String mainClass() throws IOException {
        return fromPom("<main.class>([^<]+)</main.class>");
    }

    /// The time that all files of a package bear: an AOT cache is refused where a jar's time is another.
    Instant timestamp() throws IOException {
        return Instant.parse(
                fromPom("<project.build.outputTimestamp>([^<]+)</project.build.outputTimestamp>"));
    }

    private String fromPom(String pattern) throws IOException {
        var found = Pattern.compile(pattern).matcher(Files.readString(home.resolve("pom.xml")));
        if (!found.find()) {
            throw new IOException("pom.xml has nothing like " + pattern);
        }
        return found.group(1).strip();
    }

    Path jar() {
        return home.resolve("target/palimpsest.jar");
    }

    /// The libraries of the class path.
    List<Path> libraries() throws IOException {
        return paths("target/classpath.txt");
    }

    /// JavaFX.
    List<Path> modules() throws IOException {
        return paths("target/modulepath.txt");
    }

    private List<Path> paths(String file) throws IOException {
        var text = Files.readString(home.resolve(file)).strip();
        return Pattern.compile(Pattern.quote(java.io.File.pathSeparator))
                .splitAsStream(text)
                .map(Path::of)
                .toList();
    }

    /// The options of `src/main/launcher/java.options`, then where an installed program finds what is unpacked.
    /// jpackage's launcher puts the folder of the program's files in the place of `$APPDIR`.
    ///
    /// @param target the system of the package
    /// @param start what the launcher is for
    List<String> javaOptions(Target target, Recording.Start start) throws IOException {
        var options = new ArrayList<String>();
        Files.readAllLines(home.resolve("src/main/launcher/java.options")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(options::add);
        options.addAll(
                List.of(
                        "-Dpalimpsest.home=$APPDIR",
                        "-Donnxruntime.native.path=$APPDIR/natives",
                        // The file, not the folder: with a folder DJL 0.38 fails where there is no
                        // GPU.
                        "-DRUST_LIBRARY_PATH=$APPDIR/natives/" + target.libraryFile("tokenizers"),
                        "-Dorg.sqlite.lib.path=$APPDIR/natives",
                        "-Dorg.xerial.snappy.lib.path=$APPDIR/natives",
                        "-XX:AOTCache=$APPDIR/" + start.file(),
                        "-Xlog:disable",
                        "-Xlog:all=off"));
        return List.copyOf(options);
    }
}
