package org.palimpsest.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.palimpsest.modelstore.Installation;

/// What one command printed, and its exit code.
record CommandRun(int exitCode, String output, String error) {

    static CommandRun of(String... arguments) {
        return withInput("", arguments);
    }

    static CommandRun withInput(String input, String... arguments) {
        return with(new RecordingWindow(), input, arguments);
    }

    static CommandRun with(Window window, String input, String... arguments) {
        var output = new ByteArrayOutputStream();
        var error = new ByteArrayOutputStream();
        var context =
                new CommandContext(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(output, true, StandardCharsets.UTF_8),
                        new PrintStream(error, true, StandardCharsets.UTF_8),
                        new Installation(Path.of("").toAbsolutePath()));
        int exitCode = new CommandLineProgram(context, window).run(arguments);
        return new CommandRun(
                exitCode,
                output.toString(StandardCharsets.UTF_8),
                error.toString(StandardCharsets.UTF_8));
    }

    List<String> outputLines() {
        return output.lines().toList();
    }

    List<String> errorLines() {
        return error.lines().toList();
    }
}
