package org.palimpsest.evaluation.effort;

import java.util.List;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.geometry.Size;

/// How much work a model saves: what it takes to correct its predictions beside what it takes to begin with nothing; adds up
/// over images.
///
/// From nothing, each object costs one action and each text one.
///
/// @param correcting from the predictions to what was accepted
/// @param drawing from nothing to what was accepted
public record EffortReport(CorrectionEffort correcting, CorrectionEffort drawing) {
    public static final EffortReport NONE =
            new EffortReport(CorrectionEffort.NONE, CorrectionEffort.NONE);

    public EffortReport {
        if (correcting.images() != drawing.images()) {
            throw new IllegalArgumentException(
                    correcting.images() + " and " + drawing.images() + " images");
        }
    }

    /// Counts one image.
    ///
    /// @param image its size
    /// @param predicted what the model said
    /// @param accepted what the person left, rejected annotations among it
    /// @throws IllegalArgumentException if a mask is of another size
    public static EffortReport of(
            Size image, List<? extends Annotation> predicted, List<? extends Annotation> accepted) {
        return new EffortReport(
                CorrectionEffort.of(image, predicted, accepted),
                CorrectionEffort.of(image, List.of(), accepted));
    }

    public EffortReport plus(EffortReport other) {
        return new EffortReport(correcting.plus(other.correcting), drawing.plus(other.drawing));
    }

    /// How many actions the model saves in an image on average; less than 0 where it makes work.
    public double actionsSavedPerImage() {
        return drawing.actionsPerImage() - correcting.actionsPerImage();
    }

    /// How many characters need not be typed in an image on average; less than 0 where there are more to type.
    public double charactersSavedPerImage() {
        return drawing.images() == 0
                ? 0
                : (double) (drawing.charactersTyped() - correcting.charactersTyped())
                        / drawing.images();
    }
}
