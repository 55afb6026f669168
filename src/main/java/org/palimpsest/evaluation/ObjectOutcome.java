package org.palimpsest.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;

/// What became of one object: found, found under another name, missed, or made up.
///
/// Pairs are made by overlap alone, whatever the labels are, the best overlap first; at the same overlap those of one label
/// come first.
///
/// @param actual the label of the true object; empty where the prediction was made up
/// @param predicted the label that the model gave; empty where the object was missed
/// @param iou overlap of the two; 0 where one is missing
public record ObjectOutcome(Optional<String> actual, Optional<String> predicted, double iou) {
    public ObjectOutcome {
        if (actual.isEmpty() && predicted.isEmpty()) {
            throw new IllegalArgumentException("Neither a true object nor a prediction");
        }
    }

    /// The outcomes of one image: one for each true object, in their order, then the predictions that were made up.
    ///
    /// @param minimumIou pairs that overlap less do not belong together
    public static List<ObjectOutcome> ofBoxes(
            List<LabeledRegion<Box>> predicted,
            List<LabeledRegion<Box>> actual,
            double minimumIou) {
        return of(predicted, actual, RegionMatcher.pairBoxes(predicted, actual, minimumIou));
    }

    /// The same for masks of one image.
    public static List<ObjectOutcome> ofMasks(
            List<LabeledRegion<Mask>> predicted,
            List<LabeledRegion<Mask>> actual,
            double minimumIou) {
        return of(predicted, actual, RegionMatcher.pairMasks(predicted, actual, minimumIou));
    }

    private static <R extends Region> List<ObjectOutcome> of(
            List<LabeledRegion<R>> predicted,
            List<LabeledRegion<R>> actual,
            List<RegionMatch> matches) {
        var partners = new RegionMatch[actual.size()];
        var taken = new boolean[predicted.size()];
        for (var match : matches) {
            partners[match.actual()] = match;
            taken[match.predicted()] = true;
        }
        var outcomes = new ArrayList<ObjectOutcome>();
        for (int a = 0; a < partners.length; a++) {
            var label = Optional.of(actual.get(a).label());
            var partner = partners[a];
            outcomes.add(
                    partner == null
                            ? new ObjectOutcome(label, Optional.empty(), 0)
                            : new ObjectOutcome(
                                    label,
                                    Optional.of(predicted.get(partner.predicted()).label()),
                                    partner.iou()));
        }
        for (int p = 0; p < taken.length; p++) {
            if (!taken[p]) {
                outcomes.add(
                        new ObjectOutcome(
                                Optional.empty(), Optional.of(predicted.get(p).label()), 0));
            }
        }
        return List.copyOf(outcomes);
    }

    public boolean isFound() {
        return actual.equals(predicted);
    }

    /// Whether the object was found under another name.
    public boolean isMisnamed() {
        return actual.isPresent() && predicted.isPresent() && !isFound();
    }

    public boolean isMissed() {
        return predicted.isEmpty();
    }

    public boolean isMadeUp() {
        return actual.isEmpty();
    }
}
