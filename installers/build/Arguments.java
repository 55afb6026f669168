import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// jpackage's command line, for each system and step.
///
/// @param icons the folder of icons
/// @param associations the file that tells jpackage of project files
/// @param commands the file that tells jpackage of the launcher for commands
record Arguments(Project project, Target target, Path icons, Path associations, Path commands) {
    static final String COMMANDS = "palimpsest-cli";
    static final String NAME = "Palimpsest";
    static final String VENDOR = "The Palimpsest authors";

    // Windows takes packages with the same identity for updates of one another: never change it.
    static final String UPGRADE_IDENTITY = "9e0a6d5c-64f2-4b53-8f0e-2c53a36f3d19";

    /// The name of the program's file: a lower-case command on Linux, a name in menus elsewhere.
    String programName() {
        return isLinux() ? "palimpsest" : NAME;
    }

    private boolean isLinux() {
        return target == Target.LINUX || target == Target.LINUX_ARM;
    }

    /// The step that makes the folder with launcher, runtime and program.
    List<String> appImage(Path input, Path runtime, Path destination) throws IOException {
        var arguments = common(destination);
        arguments.addAll(
                List.of(
                        "--type", "app-image",
                        "--input", input.toString(),
                        "--main-jar", project.jar().getFileName().toString(),
                        "--main-class", project.mainClass(),
                        "--runtime-image", runtime.toString(),
                        "--icon", icon().toString()));
        for (var option : project.javaOptions(target, Recording.Start.WINDOW)) {
            arguments.addAll(List.of("--java-options", option));
        }
        arguments.addAll(List.of("--add-launcher", COMMANDS + "=" + commands));
        switch (target) {
            case LINUX, LINUX_ARM, WINDOWS -> {}
            case MACOS ->
                    arguments.addAll(
                            List.of(
                                    "--file-associations", associations.toString(),
                                    "--mac-package-identifier", "org.palimpsest.Palimpsest",
                                    "--mac-app-category", "graphics-design"));
        }
        return List.copyOf(arguments);
    }

    /// What the second launcher has of its own: for commands another record of the start, and on Windows a console, which a
    /// program there has or has not.
    String commandsLauncher() throws IOException {
        var options =
                project.javaOptions(target, Recording.Start.COMMANDS).stream()
                        .map(option -> '"' + option + '"')
                        .toList();
        return "java-options="
                + String.join(" ", options)
                + "\nwin-console=true\ndescription=Palimpsest on the command line\n";
    }

    /// The step that makes one file of that folder, on the systems where jpackage does.
    List<String> installer(Path image, Path destination) throws IOException {
        var arguments = common(destination);
        arguments.addAll(List.of("--app-image", image.toString()));
        switch (target) {
            case LINUX, LINUX_ARM ->
                    throw new IllegalArgumentException(
                            "linux.sh makes .deb and .rpm of the folder");
            case MACOS -> arguments.addAll(List.of("--type", "dmg", "--icon", icon().toString()));
            case WINDOWS ->
                    arguments.addAll(
                            List.of(
                                    "--type",
                                    "msi",
                                    "--file-associations",
                                    associations.toString(),
                                    "--win-per-user-install",
                                    // Beside the folder of settings and cache, not in it.
                                    "--install-dir",
                                    "Programs\\" + NAME,
                                    "--win-dir-chooser",
                                    "--win-menu",
                                    "--win-shortcut-prompt",
                                    "--win-upgrade-uuid",
                                    UPGRADE_IDENTITY));
        }
        return List.copyOf(arguments);
    }

    private ArrayList<String> common(Path destination) throws IOException {
        return new ArrayList<>(
                List.of(
                        "--name", programName(),
                        "--app-version", packageVersion(),
                        "--description", project.description(),
                        "--vendor", VENDOR,
                        "--dest", destination.toString()));
    }

    /// macOS takes no version that begins with 0.
    String packageVersion() throws IOException {
        var version = project.version().replaceFirst("-.*", "");
        return target == Target.MACOS && version.startsWith("0.")
                ? "1" + version.substring(1)
                : version;
    }

    private Path icon() {
        return icons.resolve(
                switch (target) {
                    case LINUX, LINUX_ARM -> "palimpsest-256.png";
                    case MACOS -> "palimpsest.icns";
                    case WINDOWS -> "palimpsest.ico";
                });
    }
}
