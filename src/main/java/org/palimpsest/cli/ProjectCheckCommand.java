package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Looks a project through for damage.
@Command(
        name = "check",
        description = "Check a project: the file itself, references, geometry and the image files.",
        mixinStandardHelpOptions = true)
final class ProjectCheckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "PROJECT", description = "The project file.")
    private Path file;

    @Option(
            names = "--quick",
            description = "Do not read the image files; look only whether they are there.")
    private boolean quick;

    ProjectCheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        return LongWork.run(
                context,
                progress -> {
                    try (var project = Project.openForReading(file)) {
                        var report = ProjectCheck.check(project, !quick, progress);
                        progress.close();
                        report.findings().forEach(context.output()::println);
                        if (report.moreFindings() > 0) {
                            context.output().println("and " + report.moreFindings() + " more");
                        }
                        context.output()
                                .println(
                                        report.images()
                                                + " images checked, "
                                                + (report.findings().isEmpty()
                                                        ? "everything is as it should be"
                                                        : report.findings().size()
                                                                + report.moreFindings()
                                                                + " findings"));
                        return report.findings().isEmpty() ? ExitCode.SUCCESS : ExitCode.PROBLEM;
                    }
                });
    }
}
