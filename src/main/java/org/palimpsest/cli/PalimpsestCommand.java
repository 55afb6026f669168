package org.palimpsest.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The program itself: without a command it opens the window.
@Command(
        name = "palimpsest",
        description = {
            "Labels images with PaliGemma: boxes, masks and text that you can correct and export.",
            "Without a command the window opens."
        },
        versionProvider = ProgramVersion.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]",
        footer = {
            "",
            "Images stay on this computer. 'palimpsest COMMAND --help' explains a command;",
            "'./palimpsest test' runs the test suite of a checkout."
        })
final class PalimpsestCommand implements Callable<Integer> {
    private final Window window;

    // Read from the arguments where a failure is reported: a command that was not understood has no
    // such field.
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Say more where something fails (the stack).")
    private boolean verbose;

    PalimpsestCommand(Window window) {
        this.window = window;
    }

    @Override
    public Integer call() throws ProblemException {
        window.open(List.of());
        return ExitCode.SUCCESS;
    }
}
