package org.palimpsest.evaluation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;

/// Pairs predictions with true objects of the same label, one to one, the best overlap first.
///
/// PaliGemma's answers carry no ranking that a threshold could be moved over, so a pair is judged by its overlap alone;
/// ties keep the order of the lists.
public final class RegionMatcher {
    private RegionMatcher() {}

    /// @param minimumIou pairs that overlap less are not matched
    public static List<RegionMatch> matchBoxes(
            List<LabeledRegion<Box>> predicted,
            List<LabeledRegion<Box>> actual,
            double minimumIou) {
        return match(predicted, actual, minimumIou, false, Box::iou);
    }

    /// @param minimumIou pairs that overlap less are not matched
    /// @throws IllegalArgumentException if the masks are not of one image
    public static List<RegionMatch> matchMasks(
            List<LabeledRegion<Mask>> predicted,
            List<LabeledRegion<Mask>> actual,
            double minimumIou) {
        return match(predicted, actual, minimumIou, false, Mask::iou);
    }

    /// Pairs boxes whatever their labels are. Of pairs that overlap alike those of one label come first.
    ///
    /// @param minimumIou pairs that overlap less are not matched
    static List<RegionMatch> pairBoxes(
            List<LabeledRegion<Box>> predicted,
            List<LabeledRegion<Box>> actual,
            double minimumIou) {
        return match(predicted, actual, minimumIou, true, Box::iou);
    }

    /// Pairs masks whatever their labels are, as [#pairBoxes] does.
    static List<RegionMatch> pairMasks(
            List<LabeledRegion<Mask>> predicted,
            List<LabeledRegion<Mask>> actual,
            double minimumIou) {
        return match(predicted, actual, minimumIou, true, Mask::iou);
    }

    private static <R extends Region> List<RegionMatch> match(
            List<LabeledRegion<R>> predicted,
            List<LabeledRegion<R>> actual,
            double minimumIou,
            boolean anyLabel,
            ToDoubleBiFunction<R, R> iou) {
        var candidates = new ArrayList<RegionMatch>();
        for (int p = 0; p < predicted.size(); p++) {
            for (int a = 0; a < actual.size(); a++) {
                if (anyLabel || predicted.get(p).label().equals(actual.get(a).label())) {
                    double overlap =
                            iou.applyAsDouble(predicted.get(p).region(), actual.get(a).region());
                    if (overlap >= minimumIou && overlap > 0) {
                        candidates.add(new RegionMatch(p, a, overlap));
                    }
                }
            }
        }
        candidates.sort(
                Comparator.comparingDouble(RegionMatch::iou)
                        .reversed()
                        .thenComparing(match -> !isNamedAlike(match, predicted, actual)));
        var takenPredictions = new BitSet();
        var takenActual = new BitSet();
        var matches = new ArrayList<RegionMatch>();
        for (RegionMatch candidate : candidates) {
            if (!takenPredictions.get(candidate.predicted())
                    && !takenActual.get(candidate.actual())) {
                takenPredictions.set(candidate.predicted());
                takenActual.set(candidate.actual());
                matches.add(candidate);
            }
        }
        return List.copyOf(matches);
    }

    private static <R extends Region> boolean isNamedAlike(
            RegionMatch match, List<LabeledRegion<R>> predicted, List<LabeledRegion<R>> actual) {
        return predicted.get(match.predicted()).label().equals(actual.get(match.actual()).label());
    }
}
