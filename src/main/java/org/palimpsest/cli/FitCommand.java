package org.palimpsest.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.palimpsest.batch.fit.AdaptableModel;
import org.palimpsest.batch.fit.ExampleJudge;
import org.palimpsest.batch.fit.Fitting;
import org.palimpsest.batch.fit.FittingData;
import org.palimpsest.batch.fit.ProjectJudge;
import org.palimpsest.format.MaskEncoder;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.mask.MaskCodec;
import org.palimpsest.paligemma.token.PromptTokens;
import org.palimpsest.paligemma.token.Tokenizers;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.storage.Folders;
import org.palimpsest.training.LearntFiles;
import org.palimpsest.training.Trainer;
import org.palimpsest.training.TrainingEvent;
import org.palimpsest.training.TrainingRun;
import org.palimpsest.training.data.EncodedExample;
import org.palimpsest.training.data.Example;
import org.palimpsest.training.data.ExampleEncoder;
import org.palimpsest.training.report.DataFacts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Teaches a model what people corrected.
@Command(
        name = "fit",
        description = {
            "Teach a model your task: train an adapter on what people drew, corrected or accepted in a project, or on"
                    + " PaliGemma JSONL.",
            "In a project, images of the train split are learnt and those of the validation split are held out to judge"
                    + " by; the test split is never looked at.",
            "Ctrl+C stops within a step and keeps what there is; the same command again goes on from there."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Example:  palimpsest fit streets.palimpsest --model DIR --out streets-adapter",
            "          palimpsest evaluate streets.palimpsest --where split:test --model DIR --adapter"
                    + " streets-adapter"
        })
final class FitCommand implements Callable<Integer> {
    private static final int SHOWN_FINDINGS = 20;
    private static final int ASKED_BETWEEN_STEPS = 50;
    private static final int ASKED_TOGETHER = 4;

    /// The bundled model and others of a few million parameters are below.
    private static final int SMALL_HIDDEN_DIM = 512;

    private final CommandContext context;

    @Mixin private FitDataArguments data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "ADAPTER",
            description = "The folder of the adapter; made if it is not there.")
    private Path out;

    @Mixin private FitArguments arguments;

    @Option(
            names = "--base-model",
            paramLabel = "NAME",
            description =
                    "What the adapter calls its model, such as google/paligemma-3b-pt-224 (default: the model's"
                            + " folder).")
    private String baseModel = "";

    @Option(
            names = "--no-evaluation",
            description = "Do not ask the model before, while and after it is trained.")
    private boolean noEvaluation;

    @Option(
            names = "--events",
            description = "Print what happens as JSON lines on standard output.")
    private boolean events;

    @Option(
            names = "--dry-run",
            description = "Say what would be trained and how much memory it takes, and end.")
    private boolean dryRun;

    @Mixin private ModelOptions modelOptions;

    FitCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        return LongWork.run(context, this::fit);
    }

    /// Where and on what.
    private record Bench(Path model, PaliGemmaConfig config, OnnxRuntime runtime, Device device) {}

    private int fit(ConsoleProgress progress) throws ProblemException {
        var settings = arguments.settings();
        Path model = modelOptions.folder(context);
        var config = ConfigReader.read(model);
        if (config.conventions().layout() == CheckpointLayout.ONNX) {
            throw new ProblemException(
                    "An ONNX folder cannot be trained",
                    model.toString(),
                    "Name the Hugging Face folder or the Keras preset that it was made of");
        }
        if (modelOptions.openOptions().adapter().isPresent()) {
            throw new ProblemException(
                    "Training begins at the model itself",
                    "--adapter",
                    "Leave it away, or put the adapter into the model first: palimpsest model merge");
        }
        if (!dryRun) {
            requireFreeFolder();
        }
        try (var runtime = OnnxRuntime.start()) {
            var selection = modelOptions.select(runtime);
            progress.line("Device: " + selection.explanation());
            var bench = new Bench(model, config, runtime, selection.device());
            var read = read(bench, progress);
            var usable = usable(read, bench, progress);
            boolean small = config.text().hiddenDim() <= SMALL_HIDDEN_DIM;
            TrainingRun run;
            try {
                run =
                        new TrainingRun(
                                model,
                                out,
                                usable.training(),
                                usable.validation(),
                                settings.config(usable.training().size(), small));
            } catch (IllegalArgumentException e) {
                throw FitArguments.outOfRange(e);
            }
            print(usable, progress);
            return dryRun ? tryOut(run, bench, progress) : train(run, usable, bench, progress);
        }
    }

    private FittingData read(Bench bench, Progress progress) throws ProblemException {
        Path file =
                modelOptions.openOptions().maskFile().orElse(bench.model().resolve("vae-oid.npz"));
        if (data.isJsonl() || !Files.isRegularFile(file)) {
            return data.read(Optional.empty(), arguments.seed(), progress);
        }
        try (var codec = MaskCodec.open(file, bench.runtime(), new Device.Cpu(0))) {
            MaskEncoder encoder = codec::encode;
            return data.read(Optional.of(encoder), arguments.seed(), progress);
        }
    }

    /// Without what cannot be trained on, which becomes a finding.
    private FittingData usable(FittingData read, Bench bench, Progress progress)
            throws ProblemException {
        try (var tokenizer = Tokenizers.open(bench.model())) {
            var encoder =
                    new ExampleEncoder(
                            new PromptTokens(tokenizer, bench.config()), arguments.maxTokens());
            var findings = new ArrayList<>(read.findings());
            var training = encoder.encode(read.training(), progress);
            findings.addAll(training.report().sentences());
            List<Example> validation = List.of();
            if (!read.validation().isEmpty()) {
                var encoded = encoder.encode(read.validation(), progress);
                encoded.report().sentences().forEach(one -> findings.add("validation: " + one));
                validation = encoded.examples().stream().map(EncodedExample::example).toList();
            }
            return new FittingData(
                    read.source(),
                    read.division(),
                    training.examples().stream().map(EncodedExample::example).toList(),
                    validation,
                    read.validationImages(),
                    read.kinds(),
                    findings);
        }
    }

    private static void print(FittingData usable, ConsoleProgress progress) {
        progress.line(usable.source() + ", " + usable.division());
        usable.kinds().forEach((kind, count) -> progress.line("  " + kind + "  " + count));
        usable.findings().stream().limit(SHOWN_FINDINGS).forEach(progress::line);
        if (usable.findings().size() > SHOWN_FINDINGS) {
            progress.line("and " + (usable.findings().size() - SHOWN_FINDINGS) + " findings more");
        }
        if (usable.validation().isEmpty()) {
            progress.line(
                    "Nothing is held out, so nobody will know whether the model learns or only remembers");
        }
    }

    private int train(TrainingRun run, FittingData usable, Bench bench, ConsoleProgress progress)
            throws ProblemException {
        var origin =
                new DataFacts.Origin(
                        usable.source(), usable.division(), usable.kinds(), usable.findings());
        progress.message("Hashing the images");
        var facts = DataFacts.of(origin, run.training(), run.validation(), progress);
        boolean asks = !noEvaluation && !run.validation().isEmpty();
        try (var open = asks ? open(bench, bench.model(), progress) : null) {
            Optional<AdaptableModel> asked =
                    open == null
                            ? Optional.empty()
                            : Optional.of(
                                    adaptable(open, usable, other -> open(bench, other, progress)));
            String base = baseModel.isEmpty() ? bench.model().toString() : baseModel;
            var outcome =
                    Fitting.run(
                            new Fitting.Plan(run, facts, base, asked),
                            (what, validation, listener, watched) ->
                                    Trainer.fit(
                                            what,
                                            bench.runtime(),
                                            bench.device(),
                                            validation,
                                            listener,
                                            watched),
                            LearntFiles::write,
                            new FitConsole(context, progress, events),
                            progress);
            progress.close();
            return finish(outcome);
        }
    }

    private PaliGemma open(Bench bench, Path folder, Progress progress) throws ProblemException {
        return PaliGemma.open(
                folder,
                bench.runtime(),
                bench.device(),
                modelOptions.openOptions().withAdaptable(true),
                progress);
    }

    private AdaptableModel adaptable(
            PaliGemma open, FittingData usable, AdaptableModel.ModelFolders others)
            throws ProblemException {
        int tokens = arguments.maxTokens();
        if (usable.validationImages().isPresent()) {
            var tasks = ProjectJudge.tasksOf(usable.training());
            var judge =
                    ProjectJudge.of(usable.validationImages().get(), tasks, tokens, ASKED_TOGETHER);
            return new AdaptableModel(
                    open, open::useAdapter, others, judge.limited(ASKED_BETWEEN_STEPS), judge);
        }
        var judge = new ExampleJudge(usable.validation(), tokens, ASKED_TOGETHER);
        return new AdaptableModel(
                open, open::useAdapter, others, judge.limited(ASKED_BETWEEN_STEPS), judge);
    }

    private int finish(Fitting.Outcome outcome) {
        var print = events ? context.error() : context.output();
        outcome.comparison().ifPresent(both -> print.print(both.table()));
        boolean adapter = outcome.learnt().equals(out);
        print.println(
                (adapter ? "The adapter is in " : "The model is in ")
                        + outcome.learnt()
                        + "; use it with "
                        + (adapter ? "--adapter " : "--model ")
                        + outcome.learnt());
        print.flush();
        return outcome.result().finished().reason() == TrainingEvent.FinishReason.NOT_FINITE
                ? ExitCode.PROBLEM
                : ExitCode.SUCCESS;
    }

    private int tryOut(TrainingRun run, Bench bench, ConsoleProgress progress)
            throws ProblemException {
        try (var trainer = Trainer.open(run, bench.runtime(), bench.device(), progress)) {
            progress.close();
            new FitConsole(context, progress, events)
                    .accept(
                            new TrainingEvent.Started(
                                    0,
                                    run.config().steps(),
                                    run.training().size(),
                                    run.validation().size(),
                                    trainer.trainedValues(),
                                    trainer.estimatedBytes(),
                                    trainer.recomputes()));
        }
        return ExitCode.SUCCESS;
    }

    private void requireFreeFolder() throws ProblemException {
        try {
            if (Files.isDirectory(out)
                    && !Folders.isEmpty(out)
                    && !Files.exists(out.resolve("events.jsonl"))) {
                throw new ProblemException(
                        "There is something else in the folder already",
                        out.toString(),
                        "Name a new folder, or one of an earlier run to go on with it");
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("The folder cannot be read", out + ": " + e, ""), e);
        }
    }
}
