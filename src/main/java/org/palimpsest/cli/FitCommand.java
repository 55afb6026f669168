package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.palimpsest.batch.fit.Fitting;
import org.palimpsest.batch.fit.FittingData;
import org.palimpsest.batch.fit.FittingSession;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.training.TrainingEvent;
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

    private int fit(ConsoleProgress progress) throws ProblemException {
        var settings = arguments.settings();
        Path model = modelOptions.folder(context);
        FittingSession.requireTrainable(model);
        if (modelOptions.openOptions().adapter().isPresent()) {
            throw new ProblemException(
                    "Training begins at the model itself",
                    "--adapter",
                    "Leave it away, or put the adapter into the model first: palimpsest model merge");
        }
        if (!dryRun) {
            FittingSession.requireFreeFolder(out);
        }
        try (var runtime = OnnxRuntime.start()) {
            var selection = modelOptions.select(runtime);
            progress.line("Device: " + selection.explanation());
            var request =
                    new FittingSession.Request(
                            model,
                            out,
                            settings,
                            baseModel,
                            !noEvaluation,
                            modelOptions.openOptions());
            var session =
                    FittingSession.prepare(
                            request,
                            new FittingSession.Place(runtime, selection.device()),
                            (masks, watched) -> data.read(masks, arguments.seed(), watched),
                            progress);
            print(session.data(), progress);
            return dryRun ? tryOut(session, progress) : train(session, progress);
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

    private int train(FittingSession session, ConsoleProgress progress) throws ProblemException {
        var outcome = session.train(new FitConsole(context, progress, events), progress);
        progress.close();
        return finish(outcome);
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

    private int tryOut(FittingSession session, ConsoleProgress progress) throws ProblemException {
        var estimate = session.estimate(progress);
        progress.close();
        new FitConsole(context, progress, events).accept(estimate);
        return ExitCode.SUCCESS;
    }
}
