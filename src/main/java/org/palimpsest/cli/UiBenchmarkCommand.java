package org.palimpsest.cli;

import java.util.concurrent.Callable;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures how smooth the window is.
@Command(
        name = "ui",
        description = {
            "Measure how smooth the window is: frames with many shapes and with a large picture, the next image, a project"
                    + " of many images, the start, and the longest pause of the interface while the model answers.",
            "Opens a window; without a display: JAVA_OPTS='-Dglass.platform=Headless -Dprism.order=sw'."
        },
        mixinStandardHelpOptions = true)
final class UiBenchmarkCommand implements Callable<Integer> {
    private final CommandContext context;
    private final Window window;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many images the large project has (default: ${DEFAULT-VALUE}).")
    private int images;

    UiBenchmarkCommand(CommandContext context, Window window) {
        this.context = context;
        this.window = window;
    }

    @Override
    public Integer call() throws ProblemException {
        if (images < 1) {
            throw new ProblemException(
                    "A project of no images cannot be measured",
                    "--images " + images,
                    "Give a number from 1 on");
        }
        window.benchmark(images, context.output());
        return ExitCode.SUCCESS;
    }
}
