package org.palimpsest.ui.evaluation;

import java.time.Instant;
import java.util.Optional;
import org.palimpsest.batch.EvaluationReport;
import org.palimpsest.project.EvaluationFigures;
import org.palimpsest.project.ProjectEvaluations;

/// An evaluation of the project.
///
/// @param images which, as the project keeps it
/// @param report all that was found; there only while the window is open in which the evaluation was made
record Shown(
        Instant at, String images, EvaluationFigures figures, Optional<EvaluationReport> report) {

    /// One that the project kept; empty where it is damaged.
    static Optional<Shown> of(ProjectEvaluations.Entry entry) {
        return EvaluationFigures.parse(entry.result())
                .map(figures -> new Shown(entry.at(), entry.filter(), figures, Optional.empty()));
    }

    Shown with(EvaluationReport found) {
        return new Shown(at, images, figures, Optional.of(found));
    }

    /// Whether both are about the same images, so that they can be held against each other.
    boolean isComparable(Shown other) {
        return images.equals(other.images) && !at.equals(other.at);
    }
}
