package org.palimpsest.benchmark.fit;

import org.palimpsest.evaluation.DetectionCounts;
import org.palimpsest.evaluation.LabelCounts;
import org.palimpsest.evaluation.TextCounts;
import org.palimpsest.evaluation.effort.CorrectionEffort;

/// What a model knows of scenes; adds up over scenes.
///
/// @param boxes of the prompt that names every label, at an overlap of 0.5
/// @param effort the edits from the answers to the truth, every half pixel counted
/// @param patientEffort the same by a person who leaves boxes alone that overlap by [#CLOSE_ENOUGH]
/// @param newColor answers to the question for the colour of an object that has the new one
/// @param oldColors the same of the others
public record FitScores(
        LabelCounts boxes,
        CorrectionEffort effort,
        CorrectionEffort patientEffort,
        TextCounts newColor,
        TextCounts oldColors) {
    /// The overlap of a box that nobody would touch.
    public static final double CLOSE_ENOUGH = 0.8;

    public static final FitScores NONE =
            new FitScores(
                    LabelCounts.NONE,
                    CorrectionEffort.NONE,
                    CorrectionEffort.NONE,
                    TextCounts.NONE,
                    TextCounts.NONE);

    FitScores plus(FitScores other) {
        return new FitScores(
                boxes.plus(other.boxes),
                effort.plus(other.effort),
                patientEffort.plus(other.patientEffort),
                newColor.plus(other.newColor),
                oldColors.plus(other.oldColors));
    }

    /// F1 of one label at an overlap of 0.5.
    public double f1(String label) {
        return boxes.byLabel().getOrDefault(label, DetectionCounts.NONE).f1();
    }

    /// F1 of all labels together.
    public double f1() {
        return boxes.total().f1();
    }
}
