package org.palimpsest.app;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.palimpsest.cli.CommandContext;
import org.palimpsest.cli.CommandLineProgram;
import org.palimpsest.cli.Window;
import org.palimpsest.modelstore.Installation;

/// Uses the program once, unheard, so that the virtual machine learns which classes a start needs (JEP 514): launcher and
/// installers start it so.
///
/// Commands and the window are recorded apart. All recorded classes are loaded at the start, and those of the window cost a
/// command more time than it takes without a record.
enum Rehearsal {
    NONE,
    WINDOW,
    COMMANDS;

    private static final String PROPERTY = "palimpsest.rehearsal";

    /// What the system property `palimpsest.rehearsal` asks for.
    static Rehearsal current() {
        return switch (System.getProperty(PROPERTY, "")) {
            case "window" -> WINDOW;
            case "commands" -> COMMANDS;
            default -> NONE;
        };
    }

    /// Runs the commands that people type most, and what touches most of the rest.
    ///
    /// @return whether all of them succeeded
    static boolean runCommands(Window window) {
        var installation = Installation.locate();
        var silent =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var program =
                new CommandLineProgram(
                        new CommandContext(
                                InputStream.nullInputStream(), silent, System.err, installation),
                        window);
        var sample = installation.samples().resolve("scene-01.png").toString();
        return Stream.of(
                        List.of("--help"),
                        List.of("formats"),
                        List.of("predict", sample, "--prompt", "segment circle", "--json"),
                        List.of("--version"))
                .allMatch(command -> program.run(command.toArray(String[]::new)) == 0);
    }
}
