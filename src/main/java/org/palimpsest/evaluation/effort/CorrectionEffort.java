package org.palimpsest.evaluation.effort;

import java.util.List;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.geometry.Size;

/// The edits that lead from annotations to others; adds up over images.
///
/// Annotations with the same id are the same one, edited. The rest are paired by place: objects of the same label that
/// overlap by half or more, then objects of different labels that do, the best overlap first; texts by their prompt, the
/// most similar first. What is then alone was added or removed. Annotations that a person rejected are not there.
///
/// An object may count twice, relabelled and moved. Boxes that differ by half a pixel at every edge or less are the same.
///
/// @param images how many images
/// @param objectsAdded drawn anew
/// @param objectsRemoved deleted or rejected
/// @param objectsRelabelled given another label
/// @param boxesMoved boxes whose edges were moved
/// @param masksReshaped masks, polygons, and boxes that became such, with other pixels than before
/// @param changedIouSum sum over what was moved or reshaped of the overlap before and after
/// @param textsAdded written anew
/// @param textsRemoved deleted or rejected
/// @param textsChanged written over
/// @param charactersTyped edit distance of the texts that changed, length of the texts that were added, in code points
public record CorrectionEffort(
        int images,
        int objectsAdded,
        int objectsRemoved,
        int objectsRelabelled,
        int boxesMoved,
        int masksReshaped,
        double changedIouSum,
        int textsAdded,
        int textsRemoved,
        int textsChanged,
        long charactersTyped) {
    public static final CorrectionEffort NONE =
            new CorrectionEffort(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// Counts one image.
    ///
    /// @param image its size
    /// @param before the prediction
    /// @param after what the person accepted
    /// @throws IllegalArgumentException if a mask is of another size
    public static CorrectionEffort of(
            Size image, List<? extends Annotation> before, List<? extends Annotation> after) {
        return of(image, before, after, Double.POSITIVE_INFINITY);
    }

    /// Counts one image as a person would who leaves an object alone that is nearly right.
    ///
    /// @param closeEnough the overlap from which on an object is not moved or reshaped
    public static CorrectionEffort of(
            Size image,
            List<? extends Annotation> before,
            List<? extends Annotation> after,
            double closeEnough) {
        return new EffortCounter(image, closeEnough).count(before, after);
    }

    public CorrectionEffort plus(CorrectionEffort other) {
        return new CorrectionEffort(
                images + other.images,
                objectsAdded + other.objectsAdded,
                objectsRemoved + other.objectsRemoved,
                objectsRelabelled + other.objectsRelabelled,
                boxesMoved + other.boxesMoved,
                masksReshaped + other.masksReshaped,
                changedIouSum + other.changedIouSum,
                textsAdded + other.textsAdded,
                textsRemoved + other.textsRemoved,
                textsChanged + other.textsChanged,
                charactersTyped + other.charactersTyped);
    }

    /// All edits, each counted as one action; 0 where everything was accepted as it was.
    public int actions() {
        return objectsAdded
                + objectsRemoved
                + objectsRelabelled
                + boxesMoved
                + masksReshaped
                + textsAdded
                + textsRemoved
                + textsChanged;
    }

    /// Mean number of edits; 0 where there is no image.
    public double actionsPerImage() {
        return images == 0 ? 0 : (double) actions() / images;
    }

    /// Mean overlap before and after of what was moved or reshaped; 1 where nothing was.
    public double meanChangedIou() {
        int changed = boxesMoved + masksReshaped;
        return changed == 0 ? 1 : changedIouSum / changed;
    }
}
