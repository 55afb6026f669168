package org.palimpsest.ui.training;

import java.util.Optional;
import org.palimpsest.batch.fit.FittingData;
import org.palimpsest.batch.fit.ProjectOutline;
import org.palimpsest.problem.Problem;
import org.palimpsest.training.TrainingEvent;

/// What would be learnt, and what it would take.
///
/// @param outline the project, counted
/// @param data the examples; empty where there are none that can be used
/// @param estimate what is computed and how much memory that takes; empty where it does not fit
/// @param availableBytes of memory now
/// @param obstacle why it cannot be begun
/// @param problem what is said about that; empty where nothing is
record Outlook(
        ProjectOutline outline,
        Optional<FittingData> data,
        Optional<TrainingEvent.Started> estimate,
        long availableBytes,
        Obstacle obstacle,
        Optional<Problem> problem) {

    /// Why training cannot begin.
    enum Obstacle {
        NONE,
        /// The model is an ONNX folder.
        ONNX,
        /// Nobody has said what is true of any image.
        NOTHING_KNOWN,
        /// Something else about the data or the model.
        DATA,
        /// It does not fit.
        MEMORY
    }

    /// The same with an obstacle in the way.
    Outlook with(Obstacle other, Problem why) {
        return new Outlook(outline, data, estimate, availableBytes, other, Optional.of(why));
    }

    Outlook withData(FittingData examples) {
        return new Outlook(
                outline, Optional.of(examples), estimate, availableBytes, obstacle, problem);
    }

    Outlook withEstimate(TrainingEvent.Started started) {
        return new Outlook(outline, data, Optional.of(started), availableBytes, obstacle, problem);
    }

    boolean canBegin() {
        return obstacle == Obstacle.NONE && estimate.isPresent();
    }
}
