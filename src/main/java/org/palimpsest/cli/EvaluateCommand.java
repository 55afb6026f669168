package org.palimpsest.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.batch.Evaluation;
import org.palimpsest.batch.EvaluationOptions;
import org.palimpsest.batch.EvaluationTask;
import org.palimpsest.batch.OpenedModel;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.format.registry.Formats;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectEvaluations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says how good a model is on a data set.
@Command(
        name = "evaluate",
        description = {
            "Ask a model about images whose truth is known, and score its answers.",
            "True is what people drew, corrected or accepted in a project, and what was imported."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:  palimpsest evaluate streets.palimpsest --where split:test --model my-model",
            "The figures of a project are kept in it and held against the run before."
        })
final class EvaluateCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            paramLabel = "PROJECT|DATASET.jsonl",
            description = "The project file, or a PaliGemma JSONL file.")
    private Path source;

    @Mixin private FilterOption where;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "detect, segment, refer, caption, answer or ocr; may be given several times"
                            + " (default: all but refer, as far as the data set has them).")
    private Set<EvaluationTask> tasks = EnumSet.noneOf(EvaluationTask.class);

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Of a JSONL file: what its image paths are relative to.")
    private @Nullable Path imageFolder;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "256",
            description = "Answers end after N tokens at the latest (default: ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many questions are answered together (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--labels-per-prompt",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many labels are asked for together (default: ${DEFAULT-VALUE}).")
    private int labelsPerPrompt;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean asJson;

    @Mixin private ModelOptions modelOptions;

    EvaluateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        var filter = where.filter();
        var options = options();
        return LongWork.run(
                context,
                progress ->
                        source.getFileName().toString().endsWith(".jsonl")
                                ? evaluateFile(options, progress)
                                : evaluateProject(filter, options, progress));
    }

    private EvaluationOptions options() throws ProblemException {
        try {
            return new EvaluationOptions(
                    tasks.isEmpty() ? EvaluationOptions.USUAL.tasks() : tasks,
                    maxTokens,
                    batch,
                    labelsPerPrompt,
                    0);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    "--max-tokens, --batch and --labels-per-prompt must be at least 1", "", "");
        }
    }

    private int evaluateProject(
            ImageFilter filter, EvaluationOptions options, ConsoleProgress progress)
            throws ProblemException {
        try (var project = Project.open(source, InstantSource.system())) {
            evaluate(project, filter, options, true, progress);
        }
        return ExitCode.SUCCESS;
    }

    /// Through a project of a moment, so that a large file needs no memory.
    private int evaluateFile(EvaluationOptions options, ConsoleProgress progress)
            throws ProblemException {
        try (var folder = TemporaryFolder.make("evaluation");
                var project =
                        Project.create(
                                folder.path().resolve("evaluation.palimpsest"),
                                InstantSource.system())) {
            var reader = Formats.find("paligemma-bigvision").reader().orElseThrow();
            var importOptions =
                    imageFolder == null
                            ? ImportOptions.DEFAULT
                            : ImportOptions.DEFAULT.withImageFolder(imageFolder);
            try (OpenModel open = modelOptions.open(context, progress)) {
                var masks = open.model().masks();
                var withMasks =
                        masks.isPresent()
                                ? importOptions.withMasks(masks.get()::decode)
                                : importOptions;
                project.importData(
                        "import",
                        sink -> {
                            var data = new DatasetImport(source, withMasks, sink, progress);
                            reader.read(data);
                            data.findings().kept().forEach(context.error()::println);
                            return data;
                        });
                evaluate(project, open, ImageFilter.ALL, options, false, progress);
            }
        }
        return ExitCode.SUCCESS;
    }

    private void evaluate(
            Project project,
            ImageFilter filter,
            EvaluationOptions options,
            boolean kept,
            ConsoleProgress progress)
            throws ProblemException {
        try (OpenModel open = modelOptions.open(context, progress)) {
            evaluate(project, open, filter, options, kept, progress);
        }
    }

    private void evaluate(
            Project project,
            OpenModel open,
            ImageFilter filter,
            EvaluationOptions options,
            boolean kept,
            ConsoleProgress progress)
            throws ProblemException {
        var evaluation =
                Evaluation.of(
                        project.dataset(filter),
                        new OpenedModel(open.model(), options.batch()),
                        options,
                        progress);
        progress.close();
        var before = kept ? before(project) : List.<ProjectEvaluations.Entry>of();
        if (asJson) {
            context.output().println(evaluation.figures().toJson());
        } else {
            new EvaluationPrinter(evaluation).print(context.output(), before);
        }
        if (kept) {
            ProjectEvaluations.add(project, evaluation.entry(Instant.now(), where.text()));
        }
        context.output().flush();
    }

    /// The evaluations of the same images before.
    private List<ProjectEvaluations.Entry> before(Project project) throws ProblemException {
        return ProjectEvaluations.list(project).stream()
                .filter(entry -> entry.filter().equals(where.text()))
                .limit(1)
                .toList();
    }
}
