package org.palimpsest.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectCompaction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a project file smaller.
@Command(
        name = "compact",
        description = {
            "Give unused room in a project file back.",
            "The history stays as it is, unless --keep-steps asks for less."
        },
        mixinStandardHelpOptions = true)
final class ProjectCompactCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "PROJECT", description = "The project file.")
    private Path file;

    @Option(
            names = "--keep-steps",
            paramLabel = "N",
            description = "Forget all steps but the last N: they can no longer be undone.")
    private @Nullable Long keptSteps;

    ProjectCompactCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        if (keptSteps != null && keptSteps < 0) {
            throw new ProblemException("--keep-steps must not be negative", "" + keptSteps, "");
        }
        try (var project = Project.open(file, InstantSource.system())) {
            var report =
                    ProjectCompaction.compact(
                            project,
                            keptSteps == null ? OptionalLong.empty() : OptionalLong.of(keptSteps));
            context.output()
                    .printf(
                            Locale.ROOT,
                            "%.1f MB before, %.1f MB now%s%n",
                            report.bytesBefore() / 1e6,
                            report.bytesAfter() / 1e6,
                            report.stepsForgotten() == 0
                                    ? ""
                                    : ", " + report.stepsForgotten() + " steps forgotten");
            return ExitCode.SUCCESS;
        }
    }
}
