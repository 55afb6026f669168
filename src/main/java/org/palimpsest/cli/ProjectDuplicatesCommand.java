package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.palimpsest.imaging.PerceptualHash;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectSplits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Finds images that look alike.
@Command(
        name = "duplicates",
        description = "List the images of a project that look alike, a blank line between groups.",
        mixinStandardHelpOptions = true)
final class ProjectDuplicatesCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "PROJECT", description = "The project file.")
    private Path file;

    ProjectDuplicatesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        try (var project = Project.openForReading(file)) {
            var groups = ProjectSplits.lookAlikes(project, PerceptualHash.SIMILAR_BITS);
            for (var group : groups) {
                for (var image : group) {
                    context.output().println(project.image(image).orElseThrow().image().file());
                }
                context.output().println();
            }
            context.output().println(groups.size() + " groups of images that look alike");
        }
        context.output().flush();
        return ExitCode.SUCCESS;
    }
}
