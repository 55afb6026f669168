package org.palimpsest.ui.evaluation;

import java.util.List;
import java.util.Optional;
import org.palimpsest.project.EvaluationFigures;
import org.palimpsest.project.EvaluationFigures.LabelFigures;

/// A line of the table of labels.
///
/// @param before of the evaluation that this one is held against
record LabelRow(LabelFigures now, Optional<LabelFigures> before) {

    static List<LabelRow> of(EvaluationFigures figures, Optional<EvaluationFigures> before) {
        return figures.labels().stream()
                .map(label -> new LabelRow(label, before.flatMap(old -> old.label(label.label()))))
                .toList();
    }

    double apChange() {
        return before.map(old -> now.ap() - old.ap()).orElse(Double.NaN);
    }

    double f1Change() {
        return before.map(old -> now.f1() - old.f1()).orElse(Double.NaN);
    }
}
