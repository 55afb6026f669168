package org.palimpsest.ui.training;

import java.nio.file.Path;
import java.util.List;
import org.palimpsest.batch.fit.Fitting;
import org.palimpsest.batch.fit.HeldOutAnswers;
import org.palimpsest.training.LearntFiles;
import org.palimpsest.training.TrainingEvent;
import org.palimpsest.training.TrainingEvent.FinishReason;
import org.palimpsest.ui.support.Texts;

/// What came of a run.
///
/// @param folder of the run
/// @param model that it began at
/// @param learnt the folder to be used: of the adapter, or of a model of its own
/// @param figures before and after; empty where nothing was held out
/// @param images held-out images with both answers, the largest changes first
record Ending(
        Path folder,
        Path model,
        Path learnt,
        TrainingEvent.Finished finished,
        List<FigureRow> figures,
        List<HeldOutAnswers> images) {
    Ending {
        figures = List.copyOf(figures);
        images = List.copyOf(images);
    }

    static Ending of(Path folder, Path model, Fitting.Outcome outcome) {
        return new Ending(
                folder,
                model,
                outcome.learnt(),
                outcome.result().finished(),
                outcome.comparison().map(FigureRow::of).orElse(List.of()),
                outcome.images());
    }

    /// Whether what was learnt is a model of its own.
    boolean isOwnModel() {
        return learnt.endsWith(LearntFiles.MODEL);
    }

    /// How it ended, in words.
    String headline() {
        if (finished.bestStep() == 0 && finished.reason() != FinishReason.NOT_FINITE) {
            return Texts.get("training.ended.nothing");
        }
        return switch (finished.reason()) {
            case COMPLETED ->
                    Texts.get("training.ended.completed", finished.step(), finished.bestStep());
            case EARLY_STOPPED ->
                    Texts.get("training.ended.early", finished.step(), finished.bestStep());
            case CANCELLED ->
                    Texts.get("training.ended.stopped", finished.step(), finished.bestStep());
            case NOT_FINITE -> Texts.get("training.ended.notFinite", finished.step());
        };
    }
}
