package org.palimpsest.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.project.Relocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Finds images that were moved.
@Command(
        name = "relocate",
        description = "Find the images of a project that were moved, by their contents.",
        mixinStandardHelpOptions = true)
final class ProjectRelocateCommand implements Callable<Integer> {
    private static final int SHOWN = 5;

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "PROJECT", description = "The project file.")
    private Path file;

    @Parameters(index = "1", paramLabel = "FOLDER", description = "Where to look.")
    private Path folder;

    @Option(names = "--yes", description = "Write the new places without asking.")
    private boolean yes;

    ProjectRelocateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        return LongWork.run(
                context,
                progress -> {
                    try (var project = Project.open(file, InstantSource.system())) {
                        var relocation = Relocation.find(project, folder, progress);
                        progress.close();
                        return settle(project, relocation);
                    }
                });
    }

    private int settle(Project project, Relocation relocation) throws ProblemException {
        var out = context.output();
        if (relocation.found().isEmpty() && relocation.missing().isEmpty()) {
            out.println("All images are in their places");
            return ExitCode.SUCCESS;
        }
        relocation.found().entrySet().stream()
                .limit(SHOWN)
                .forEach(entry -> out.println(entry.getKey().file() + " → " + entry.getValue()));
        relocation.missing().stream()
                .limit(SHOWN)
                .forEach(image -> context.error().println(image.file() + ": not found"));
        if (!relocation.found().isEmpty()) {
            out.println(
                    relocation.found().size()
                            + " images were found"
                            + (yes ? "" : ". Write their new places into the project? [y/N]"));
            if (!yes && !Confirmation.isGiven(context)) {
                out.println("Nothing was changed");
                return ExitCode.SUCCESS;
            }
            relocation.apply(project);
        }
        if (!relocation.missing().isEmpty()) {
            context.error().println(relocation.missing().size() + " images were not found");
        }
        return relocation.missing().isEmpty() ? ExitCode.SUCCESS : ExitCode.PROBLEM;
    }
}
