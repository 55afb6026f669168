package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.palimpsest.batch.ModelSurprise;
import org.palimpsest.batch.ReviewRanking;
import org.palimpsest.evaluation.review.ReviewItem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what to look at next.
@Command(
        name = "queue",
        description = {
            "List the images of a project by what a person should look at next:",
            "low scores, disagreement between two runs of the same prompt, rare labels."
        },
        mixinStandardHelpOptions = true)
final class QueueCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "PROJECT", description = "The project file.")
    private Path file;

    @Option(
            names = "--where",
            paramLabel = "FILTER",
            defaultValue = "state:new,predicted,in-progress",
            description = "Which images (default: ${DEFAULT-VALUE}).")
    private String where = "";

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--surprise",
            description =
                    "Ask the model (--model) how probable it finds what people wrote, too; takes a"
                            + " while.")
    private boolean surprise;

    @Mixin private ModelOptions modelOptions;

    QueueCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        var filter = ImageFilter.parse(where);
        if (count < 1) {
            throw new ProblemException(
                    "--count must be at least 1", Integer.toString(count), "Name how many");
        }
        return LongWork.run(
                context,
                progress -> {
                    try (var project = Project.openForReading(file)) {
                        if (!surprise) {
                            print(project, filter, Optional.empty(), progress);
                            return ExitCode.SUCCESS;
                        }
                        try (OpenModel open = modelOptions.open(context, progress)) {
                            var judge = new ModelSurprise(open.model(), progress);
                            print(project, filter, Optional.of(judge), progress);
                            return ExitCode.SUCCESS;
                        }
                    }
                });
    }

    private void print(
            Project project,
            ImageFilter filter,
            Optional<ReviewRanking.TextJudge> judge,
            ConsoleProgress progress)
            throws ProblemException {
        List<ReviewItem> items =
                ReviewRanking.rank(project, filter, Optional.empty(), judge, count);
        progress.close();
        for (var item : items) {
            context.output()
                    .printf(
                            Locale.ROOT,
                            "%.3f  %s  %s%n",
                            item.urgency(),
                            project.image(item.image()).orElseThrow().image().file(),
                            reasons(item));
        }
        context.output().flush();
    }

    private static String reasons(ReviewItem item) {
        return item.signals().entrySet().stream()
                .map(signal ->
                        String.format(
                                Locale.ROOT,
                                "%s %.3f",
                                signal.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                signal.getValue()))
                .collect(Collectors.joining(", "));
    }
}
