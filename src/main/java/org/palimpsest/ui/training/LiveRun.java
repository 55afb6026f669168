package org.palimpsest.ui.training;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.palimpsest.training.TrainingEvent;
import org.palimpsest.ui.support.Texts;

/// A run while it goes on: its curves and its latest numbers.
///
/// Confined to the interface's thread; only whether the person wants what there is may be asked from any.
final class LiveRun {
    /// What is being done.
    enum Phase {
        PREPARING,
        TRAINING,
        JUDGING
    }

    private final Path folder;
    private final String project;
    private final int batch;
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Curve loss = new Curve();
    private final Curve validation = new Curve();
    private final Curve figure = new Curve();
    private final ReadOnlyIntegerWrapper changes = new ReadOnlyIntegerWrapper();
    private Phase phase = Phase.PREPARING;
    private int steps;
    private int step;
    private int examples;
    private double latestLoss = Double.NaN;
    private double latestValidation = Double.NaN;
    private double rate;
    private double perSecond;
    private double secondsLeft = Double.NaN;
    private String figureName = "";
    private int bestStep = -1;
    private boolean pausing;

    /// @param project what the window calls it
    /// @param batch examples of a step at most
    LiveRun(Path folder, String project, int batch) {
        this.folder = folder;
        this.project = project;
        this.batch = batch;
    }

    void hear(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.Started started -> {
                phase = Phase.TRAINING;
                steps = started.steps();
                step = started.firstStep();
                examples = started.examples();
            }
            case TrainingEvent.StepCompleted done -> {
                step = done.step();
                latestLoss = done.loss();
                rate = done.learningRate();
                perSecond = done.examplesPerSecond();
                secondsLeft = done.secondsLeft();
                loss.add(done.step(), done.loss());
            }
            case TrainingEvent.Evaluated evaluated -> hear(evaluated);
            case TrainingEvent.CheckpointSaved _ -> {}
            case TrainingEvent.Finished _ -> phase = Phase.JUDGING;
        }
        changes.set(changes.get() + 1);
    }

    private void hear(TrainingEvent.Evaluated evaluated) {
        latestValidation = evaluated.loss();
        validation.add(evaluated.step(), evaluated.loss());
        if (figureName.isEmpty()) {
            figureName =
                    evaluated.metrics().keySet().stream()
                            .filter(name ->
                                    name.matches(".*(F1@0\\.5|mIoU|CIDEr-D|accuracy|exact)"))
                            .findFirst()
                            .orElse("");
        }
        figure.add(evaluated.step(), evaluated.metrics().getOrDefault(figureName, Double.NaN));
        if (evaluated.best()) {
            bestStep = evaluated.step();
        }
    }

    /// Ends training with the best there is.
    void stop() {
        enough.set(true);
        changes.set(changes.get() + 1);
    }

    /// The person wants it to stop where it is; it takes a moment until it has.
    void pause() {
        pausing = true;
        changes.set(changes.get() + 1);
    }

    boolean isPausing() {
        return pausing;
    }

    boolean isEnough() {
        return enough.get();
    }

    Path folder() {
        return folder;
    }

    String project() {
        return project;
    }

    Phase phase() {
        return phase;
    }

    /// Goes up whenever something changed.
    ReadOnlyIntegerProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    Curve loss() {
        return loss;
    }

    Curve validation() {
        return validation;
    }

    /// The figure that decides, over the steps.
    Curve figure() {
        return figure;
    }

    String figureTitle() {
        return figureName.isEmpty() ? "" : FigureRow.title(figureName);
    }

    /// The last step that was taken.
    int step() {
        return step;
    }

    /// 0 to 1; negative while that is not known.
    double fraction() {
        return phase == Phase.TRAINING && steps > 0 ? (double) step / steps : -1;
    }

    /// What is being done, in words.
    String headline() {
        if (pausing) {
            return Texts.get("training.pausing");
        }
        if (enough.get() && phase == Phase.TRAINING) {
            return Texts.get("training.stopping");
        }
        return switch (phase) {
            case PREPARING -> Texts.get("training.preparing");
            case TRAINING -> Texts.get("training.step", step, steps);
            case JUDGING -> Texts.get("training.judging");
        };
    }

    /// The latest numbers, one in a line of its own with its name.
    String numbers() {
        if (step == 0 || phase == Phase.PREPARING) {
            return "";
        }
        double epoch = (double) step * Math.min(batch, examples) / Math.max(1, examples);
        return Texts.get(
                "training.numbers",
                epoch,
                perSecond,
                Durations.words(secondsLeft),
                FigureRow.number(latestLoss),
                FigureRow.number(latestValidation),
                String.format(Texts.locale(), "%.1e", rate));
    }

    /// Everything for those who do not see the curves.
    String spoken() {
        var best =
                bestStep < 0
                        ? ""
                        : Texts.get(
                                "training.bestSoFar",
                                bestStep,
                                figure.isEmpty()
                                        ? FigureRow.number(latestValidation)
                                        : FigureRow.number(figure.points().getLast().value()));
        return headline() + "\n" + numbers() + "\n" + best;
    }
}
