package org.palimpsest.app;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.palimpsest.cli.CommandContext;
import org.palimpsest.cli.CommandLineProgram;
import org.palimpsest.cli.Window;
import org.palimpsest.modelstore.Installation;

/// Uses the program once, unheard, so that the virtual machine learns which classes starts need (JEP 514): launcher and
/// installers start it so.
final class Rehearsal {
    private static final String PROPERTY = "palimpsest.rehearsal";

    private Rehearsal() {}

    static boolean isOn() {
        return Boolean.getBoolean(PROPERTY);
    }

    /// What people type most, and what touches most of the rest. The window follows: it ends the process.
    static void commands(Window window) {
        var installation = Installation.locate();
        var silent =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var program =
                new CommandLineProgram(
                        new CommandContext(
                                InputStream.nullInputStream(), silent, silent, installation),
                        window);
        var sample = installation.samples().resolve("scene-01.png").toString();
        for (var command :
                List.of(
                        List.of("--help"),
                        List.of("formats"),
                        List.of("predict", sample, "--prompt", "segment circle", "--json"))) {
            program.run(command.toArray(String[]::new));
        }
    }
}
