package org.palimpsest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine;

class CommandLineProgramTest {

    @Test
    void versionIsOneLineWithANumber() {
        var run = CommandRun.of("--version");
        assertEquals(0, run.exitCode());
        assertTrue(run.output().matches("palimpsest \\d+\\.\\d+\\.\\d+\\R"), run.output());
    }

    @Test
    void helpNamesEveryCommand() {
        var run = CommandRun.of("--help");
        assertEquals(0, run.exitCode());
        for (String command : new CommandLineProgramCommands().names()) {
            assertTrue(run.output().contains("  " + command), command + " in\n" + run.output());
        }
    }

    @Test
    void everyCommandExplainsItself() {
        for (CommandLine command : new CommandLineProgramCommands().all()) {
            assertTrue(
                    command.getCommandSpec().usageMessage().description().length > 0,
                    command.getCommandName());
        }
    }

    @Test
    void unknownCommandIsOneLineOnStandardErrorWithARemedy() {
        var run = CommandRun.of("pedict");
        assertEquals(2, run.exitCode());
        assertEquals("", run.output());
        assertEquals(1, run.errorLines().size(), run.error());
        assertTrue(run.error().contains("pedict") && run.error().contains("--help"), run.error());
    }

    @Test
    void withoutACommandTheWindowOpens() {
        var opened = new ArrayList<List<Path>>();
        var run = CommandRun.with(new RecordingWindow(opened::add), "");
        assertEquals(0, run.exitCode(), run.error());
        assertEquals(List.of(List.<Path>of()), opened);
    }

    @Test
    void theWindowIsMeasuredWithAsManyImagesAsOneSays() {
        var window = new RecordingWindow();
        assertEquals(
                0, CommandRun.with(window, "", "benchmark", "ui", "--images", "500").exitCode());
        assertEquals(List.of(500), window.measured());
        var run = CommandRun.with(window, "", "benchmark", "ui", "--images", "0");
        assertEquals(1, run.exitCode());
        assertTrue(run.error().contains("--images 0"), run.error());
    }

    @Test
    void problemIsOneLineWithItsRemedyAndExitCodeOne() {
        var run =
                CommandRun.with(
                        new RecordingWindow(_ -> {
                            throw new ProblemException(
                                    "No display", "DISPLAY is not set", "Try ./palimpsest demo");
                        }),
                        "");
        assertEquals(1, run.exitCode());
        assertEquals(
                List.of("palimpsest: No display: DISPLAY is not set. Try ./palimpsest demo"),
                run.errorLines());
    }

    @Test
    void verboseAddsTheStack() {
        var run =
                CommandRun.with(
                        new RecordingWindow(_ -> {
                            throw new IllegalStateException("broken");
                        }),
                        "",
                        "--verbose");
        assertEquals(1, run.exitCode());
        assertTrue(run.error().contains("at org.palimpsest.cli"), run.error());
    }

    @Test
    void runningOutOfMemoryIsASentence() {
        var run =
                CommandRun.with(
                        new RecordingWindow(_ -> {
                            throw new OutOfMemoryError("Java heap space");
                        }),
                        "");
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errorLines().size(), run.error());
        assertTrue(run.error().contains("not enough memory"), run.error());
    }

    @Test
    void completionScriptKnowsTheCommands() {
        var run = CommandRun.of("completion");
        assertEquals(0, run.exitCode());
        assertTrue(run.output().contains("complete -F _complete_palimpsest"), run.error());
        assertTrue(run.output().contains("window"), "window");
    }

    /// The commands as the program wires them.
    private static final class CommandLineProgramCommands {
        private final CommandLine root =
                CommandLineProgram.onStandardStreams(new RecordingWindow()).commandLine();

        List<String> names() {
            return List.copyOf(root.getSubcommands().keySet());
        }

        List<CommandLine> all() {
            var all = new ArrayList<CommandLine>();
            root.getSubcommands()
                    .values()
                    .forEach(command -> {
                        all.add(command);
                        all.addAll(command.getSubcommands().values());
                    });
            return all;
        }
    }
}
