package org.palimpsest.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.LabelChanges;
import org.palimpsest.project.Project;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists and changes the labels of a project.
@Command(
        name = "labels",
        description = {
            "List the labels of a project, or change one with all of its objects.",
            "Every change is one step that 'project undo' takes back."
        },
        mixinStandardHelpOptions = true)
final class ProjectLabelsCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "PROJECT", description = "The project file.")
    private Path file;

    @ArgGroup private @Nullable Change change;

    @Option(
            names = "--to",
            paramLabel = "NAME",
            description = "The new name, or the label that takes the objects over.")
    private String to = "";

    @Option(
            names = "--where",
            paramLabel = "FILTER",
            description = "With --split: the objects of which images get the new label.")
    private String where = "";

    @Option(names = "--dry-run", description = "Say what would change, and change nothing.")
    private boolean dryRun;

    ProjectLabelsCommand(CommandContext context) {
        this.context = context;
    }

    /// One of the changes.
    static final class Change {
        @Option(names = "--rename", paramLabel = "LABEL", description = "Give it another name.")
        private @Nullable String rename;

        @Option(
                names = "--merge",
                paramLabel = "LABEL",
                description = "Give its objects another label, and remove it.")
        private @Nullable String merge;

        @Option(
                names = "--split",
                paramLabel = "LABEL",
                description = "Give some of its objects a new label.")
        private @Nullable String split;

        @Option(
                names = "--delete",
                paramLabel = "LABEL",
                description = "Remove it with all of its objects.")
        private @Nullable String delete;
    }

    @Override
    public Integer call() throws ProblemException {
        if (change == null) {
            try (var project = Project.openForReading(file)) {
                list(project);
            }
            return ExitCode.SUCCESS;
        }
        if (change.delete == null && to.isEmpty()) {
            throw new ProblemException("--to is missing", "", "Name the other label");
        }
        try (var project = Project.open(file, InstantSource.system())) {
            change(project, change);
        }
        return ExitCode.SUCCESS;
    }

    private void list(Project project) throws ProblemException {
        var counts = project.info().labels();
        for (var label : project.labels().labels()) {
            context.output()
                    .printf(
                            Locale.ROOT,
                            "#%06X  %s  %d objects%s%s%n",
                            label.rgb(),
                            label.name(),
                            counts.getOrDefault(label.name(), 0L),
                            label.aliases().isEmpty()
                                    ? ""
                                    : "  also " + String.join(", ", label.aliases()),
                            label.description().isEmpty() ? "" : "  " + label.description());
        }
        context.output().flush();
    }

    private void change(Project project, Change one) throws ProblemException {
        if (one.rename != null) {
            say(LabelChanges.preview(project, one.rename));
            if (!dryRun) {
                LabelChanges.rename(project, one.rename, to);
            }
        } else if (one.merge != null) {
            say(LabelChanges.preview(project, one.merge));
            if (!dryRun) {
                LabelChanges.merge(project, one.merge, to);
            }
        } else if (one.split != null) {
            var filter = ImageFilter.parse(where);
            say(LabelChanges.previewSplit(project, one.split, filter));
            if (!dryRun) {
                LabelChanges.split(project, one.split, to, filter);
            }
        } else if (one.delete != null) {
            say(LabelChanges.preview(project, one.delete));
            if (!dryRun) {
                LabelChanges.delete(project, one.delete);
            }
        }
    }

    private void say(LabelChanges.Preview preview) {
        context.output()
                .printf(
                        "%s %d objects in %d images%s%n",
                        dryRun ? "Would change" : "Changes",
                        preview.objects(),
                        preview.images(),
                        preview.checks() == 0 ? "" : " and " + preview.checks() + " checks");
        context.output().flush();
    }
}
