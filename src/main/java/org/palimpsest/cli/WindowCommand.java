package org.palimpsest.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Opens the window, with files of the person's choice where some are named.
@Command(
        name = "window",
        description = "Open the window (as without a command), on files or folders of your choice.",
        mixinStandardHelpOptions = true)
final class WindowCommand implements Callable<Integer> {
    private final Window window;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Images or folders to open; the samples where none is named.")
    private List<Path> files = List.of();

    WindowCommand(Window window) {
        this.window = window;
    }

    @Override
    public Integer call() throws ProblemException {
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw new ProblemException(
                        "There is no such file",
                        file.toString(),
                        "Name an image or a folder of images");
            }
        }
        window.open(files);
        return ExitCode.SUCCESS;
    }
}
