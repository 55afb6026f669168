package org.palimpsest.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageAdder;
import org.palimpsest.project.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Adds images to a project.
@Command(
        name = "add",
        description = {
            "Add images to a project. Those that are in it already are left out,",
            "also under another name."
        },
        mixinStandardHelpOptions = true)
final class ProjectAddCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin private ImageArguments images;

    ProjectAddCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        var files = images.files();
        if (files.isEmpty()) {
            throw new ProblemException("No image is named", "", "Name a folder or image files");
        }
        return LongWork.run(
                context,
                progress -> {
                    try (var project = Project.open(images.project(), InstantSource.system())) {
                        return add(context, project, files, progress);
                    }
                });
    }

    /// Adds files to an open project and says what became of them.
    static int add(
            CommandContext context, Project project, List<Path> files, ConsoleProgress progress)
            throws ProblemException {
        var report = ImageAdder.add(project, files, progress);
        progress.close();
        for (var twin : report.twins()) {
            context.error()
                    .println(twin.file() + ": the same picture as " + twin.same() + ", left out");
        }
        for (var failure : report.failures()) {
            context.error().println(failure.reason());
        }
        context.output()
                .println(
                        project.file()
                                + ": "
                                + report.added()
                                + " images added"
                                + (report.known() == 0
                                        ? ""
                                        : ", " + report.known() + " were there already")
                                + (report.twins().isEmpty()
                                        ? ""
                                        : ", " + report.twins().size() + " are the same pictures")
                                + (report.failures().isEmpty()
                                        ? ""
                                        : ", " + report.failures().size() + " cannot be read"));
        return report.failures().isEmpty() ? ExitCode.SUCCESS : ExitCode.PROBLEM;
    }
}
