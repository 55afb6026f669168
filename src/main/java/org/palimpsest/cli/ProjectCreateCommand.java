package org.palimpsest.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin private ImageArguments images;

    ProjectCreateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        var files = images.files();
        return LongWork.run(
                context,
                progress -> {
                    try (var project = Project.create(images.project(), InstantSource.system())) {
                        return ProjectAddCommand.add(context, project, files, progress);
                    }
                });
    }
}
