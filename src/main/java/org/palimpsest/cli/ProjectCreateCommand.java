package org.palimpsest.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a project file.
@Command(
        name = "create",
        description = {
            "Make a project, and add images to it where some are named.",
            "The images stay where they are."
        },
        mixinStandardHelpOptions = true)
final class ProjectCreateCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            index = "0",
            paramLabel = "PROJECT",
            description = "The file to make, such as streets.palimpsest.")
    private Path file;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "IMAGE",
            description = "Folders of images, or image files.")
    private List<Path> images = List.of();

    @Option(names = "--recursive", description = "Take the folders inside of the folders too.")
    private boolean recursive;

    ProjectCreateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        var files = ImageArguments.expand(images, recursive);
        return LongWork.run(
                context,
                progress -> {
                    try (var project = Project.create(file, InstantSource.system())) {
                        return ProjectAddCommand.add(context, project, files, progress);
                    }
                });
    }
}
