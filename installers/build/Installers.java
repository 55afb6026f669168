import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;

/// Makes what the installers carry; `linux.sh`, `macos.sh` and `windows.ps1` call it after the build.
///
/// ```
/// java installers/build/Installers.java image OUT         the program with its runtime, ready to run from its folder
/// java installers/build/Installers.java installer OUT     a .dmg or .msi of that folder
/// java installers/build/Installers.java cuda OUT          ONNX Runtime's CUDA code
/// java installers/build/Installers.java arguments         what jpackage is told for each system, without running it
/// java installers/build/Installers.java version
/// ```
public final class Installers {
    private final Project project;
    private final Path sources;

    private Installers(Path home) {
        project = new Project(home);
        sources = home.resolve("installers");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var installers = new Installers(Path.of("").toAbsolutePath());
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "image" -> installers.image(Path.of(arguments[1]).toAbsolutePath());
            case "installer" -> installers.installer(Path.of(arguments[1]).toAbsolutePath());
            case "cuda" -> installers.cuda(Path.of(arguments[1]).toAbsolutePath());
            case "arguments" -> installers.print();
            case "version" -> System.out.println(installers.project.version());
            default -> {
                System.err.println(
                        "Run installers/linux.sh, installers/macos.sh or installers/windows.ps1");
                System.exit(2);
            }
        }
    }

    private void image(Path out) throws IOException, InterruptedException {
        var target = Target.current();
        var natives = new Natives(target);
        var work = out.resolve("work");
        delete(work);
        var input = Files.createDirectories(work.resolve("input"));
        say("Libraries");
        stage(natives, input);
        say("Java runtime");
        var runtime = work.resolve("runtime");
        RuntimeImage.link(project, natives, work, runtime);
        var arguments = arguments(target, work);
        Files.writeString(arguments.commands(), arguments.commandsLauncher());
        say("Program");
        var image = jpackage(arguments, input, runtime, out);
        for (var start : Recording.Start.values()) {
            say("Recording what a start needs: " + start.word());
            var cache = record(image, arguments, start, work);
            // What lies in a bundle of macOS is sealed when jpackage makes it.
            Files.move(
                    cache,
                    (target == Target.MACOS ? input : appFolder(image)).resolve(start.file()));
        }
        if (target == Target.MACOS) {
            jpackage(arguments, input, runtime, out);
        }
        setTimes(image);
        System.out.println(image);
    }

    private static Path record(Path image, Arguments arguments, Recording.Start start, Path work)
            throws IOException, InterruptedException {
        var name =
                switch (start) {
                    case WINDOW -> arguments.programName();
                    case COMMANDS -> Arguments.COMMANDS;
                };
        return Recording.record(appFolder(image), runtimeFolder(image), name, start, work);
    }

    private void stage(Natives natives, Path input) throws IOException {
        var unpacked = Files.createDirectories(input.resolve("natives"));
        Files.copy(project.jar(), input.resolve(project.jar().getFileName()));
        for (var library : project.libraries()) {
            natives.copy(library, input.resolve(library.getFileName()), unpacked);
        }
        copy(project.home().resolve("assets"), input.resolve("assets"));
    }

    private Path jpackage(Arguments arguments, Path input, Path runtime, Path out)
            throws IOException, InterruptedException {
        var image = image(arguments, out);
        delete(image);
        Tool.run("jpackage", arguments.appImage(input, runtime, out));
        setTimes(image);
        return image;
    }

    private static Path image(Arguments arguments, Path out) {
        return out.resolve(
                arguments.target() == Target.MACOS
                        ? arguments.programName() + ".app"
                        : arguments.programName());
    }

    private void installer(Path out) throws IOException, InterruptedException {
        var arguments = arguments(Target.current(), out.resolve("work"));
        Tool.run("jpackage", arguments.installer(image(arguments, out), out));
    }

    private void cuda(Path out) throws IOException {
        delete(out);
        Files.createDirectories(out);
        var natives = new Natives(Target.current());
        int found = 0;
        for (var library : project.libraries()) {
            if (library.getFileName().toString().startsWith("onnxruntime")) {
                found += natives.cuda(library, out).size();
            }
        }
        if (found != 2) {
            throw new IOException("ONNX Runtime has no CUDA code for this system");
        }
        setTimes(out);
    }

    private void print() throws IOException {
        var out = Path.of("OUT");
        for (var target : Target.values()) {
            System.out.println("== " + target);
            var arguments = arguments(target, out);
            arguments
                    .appImage(Path.of("INPUT"), Path.of("RUNTIME"), out)
                    .forEach(System.out::println);
            if (target == Target.MACOS || target == Target.WINDOWS) {
                arguments.installer(image(arguments, out), out).forEach(System.out::println);
            }
        }
    }

    private Arguments arguments(Target target, Path work) {
        return new Arguments(
                project,
                target,
                sources.resolve("icons"),
                sources.resolve("project-file.properties"),
                work.resolve("commands-launcher.properties"));
    }

    private static Path appFolder(Path image) {
        return switch (Target.current()) {
            case LINUX, LINUX_ARM -> image.resolve("lib/app");
            case MACOS -> image.resolve("Contents/app");
            case WINDOWS -> image.resolve("app");
        };
    }

    private static Path runtimeFolder(Path image) {
        return switch (Target.current()) {
            case LINUX, LINUX_ARM -> image.resolve("lib/runtime");
            case MACOS -> image.resolve("Contents/runtime/Contents/Home");
            case WINDOWS -> image.resolve("runtime");
        };
    }

    /// One time for all files: what an AOT cache is checked against, and the same package from the same sources.
    private void setTimes(Path folder) throws IOException {
        var time = FileTime.from(project.timestamp());
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
                Files.setLastModifiedTime(file, time);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> all;
        try (var files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : all) {
            file.toFile().setWritable(true);
            Files.delete(file);
        }
    }

    private static void say(String step) {
        System.err.println("installers: " + step + " …");
    }
}
