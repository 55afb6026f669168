package org.palimpsest.cli;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.training.TrainingEvent;
import org.palimpsest.training.report.EventJson;

/// Tells on standard error how training goes, and on standard output each event as JSON where that is wanted.
final class FitConsole implements Consumer<TrainingEvent> {
    /// What is told of an evaluation in its one line; the table at the end has the rest.
    private static final Pattern TOLD =
            Pattern.compile(".*(F1@0\\.5|mIoU|CIDEr-D|VQA accuracy|exact.*|edits per image)");

    private final CommandContext context;
    private final ConsoleProgress progress;
    private final boolean asJson;
    private int steps = 1;

    FitConsole(CommandContext context, ConsoleProgress progress, boolean asJson) {
        this.context = context;
        this.progress = progress;
        this.asJson = asJson;
    }

    @Override
    public void accept(TrainingEvent event) {
        if (asJson) {
            context.output().println(EventJson.line(event));
            context.output().flush();
        }
        switch (event) {
            case TrainingEvent.Started started -> {
                steps = Math.max(1, started.steps());
                progress.line(started(started));
            }
            case TrainingEvent.StepCompleted step ->
                    progress.update(
                            new ProgressUpdate(
                                    step(step), Math.min(1, (double) step.step() / steps)));
            case TrainingEvent.Evaluated evaluated -> progress.line(evaluated(evaluated));
            case TrainingEvent.CheckpointSaved _ -> {}
            case TrainingEvent.Finished finished -> progress.line(finished(finished));
        }
    }

    private static String started(TrainingEvent.Started started) {
        String what =
                String.format(
                        Locale.ROOT,
                        "%,d numbers are trained on %d examples in %d steps, with about %.1f GiB of memory%s",
                        started.trainedValues(),
                        started.examples(),
                        started.steps(),
                        started.estimatedBytes() / (double) (1L << 30),
                        started.recomputes() ? " (layers are computed twice to save some)" : "");
        return started.firstStep() == 0
                ? what
                : "Going on after step " + started.firstStep() + ": " + what;
    }

    private String step(TrainingEvent.StepCompleted step) {
        return String.format(
                Locale.ROOT,
                "step %d of %d  loss %.4f  rate %.2g  %.2f examples/s  %s left",
                step.step(),
                steps,
                step.loss(),
                step.learningRate(),
                step.examplesPerSecond(),
                duration(step.secondsLeft()));
    }

    private static String evaluated(TrainingEvent.Evaluated evaluated) {
        var words = new StringJoiner("  ");
        words.add("step " + evaluated.step());
        if (Double.isFinite(evaluated.loss())) {
            words.add(String.format(Locale.ROOT, "validation loss %.4f", evaluated.loss()));
        }
        evaluated
                .metrics()
                .forEach((name, value) -> {
                    if (TOLD.matcher(name).matches()) {
                        words.add(String.format(Locale.ROOT, "%s %.3f", name, value));
                    }
                });
        return words + (evaluated.best() ? "  (the best so far)" : "");
    }

    private static String finished(TrainingEvent.Finished finished) {
        return switch (finished.reason()) {
            case COMPLETED ->
                    finished.bestStep() == 0
                            ? "All steps are done, and none made the validation better: the best is what the model"
                                    + " was before"
                            : "All steps are done; the best were those up to "
                                    + finished.bestStep();
            case EARLY_STOPPED ->
                    "Ended after step "
                            + finished.step()
                            + ", because nothing became better after step "
                            + finished.bestStep();
            case CANCELLED ->
                    "Stopped after step "
                            + finished.step()
                            + "; the same command goes on from here";
            case NOT_FINITE ->
                    "Stopped after step "
                            + finished.step()
                            + ", because the loss is no number any more; what was best is kept";
        };
    }

    static String duration(double seconds) {
        long whole = Double.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
}
