package org.palimpsest.batch;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.evaluation.ObjectOutcome;
import org.palimpsest.evaluation.detection.OverlapKind;

/// What a model got right and wrong in one image.
///
/// @param outcomes of its objects, by what was compared
/// @param edits it takes to correct the answers
/// @param wrongTexts answers and read texts that are not exactly right
/// @param malformed answers that break the rules of their task
public record ImageResult(
        ImageEntry image,
        Map<OverlapKind, List<ObjectOutcome>> outcomes,
        int edits,
        int wrongTexts,
        int malformed) {

    /// Those with the most wrong first, then those with the most edits, then those whose objects were met worst.
    public static final Comparator<ImageResult> WORST_FIRST =
            Comparator.comparingInt(ImageResult::faults)
                    .thenComparingInt(ImageResult::edits)
                    .reversed()
                    .thenComparingDouble(result -> result.meanIou().orElse(1));

    public ImageResult {
        var copies = new EnumMap<OverlapKind, List<ObjectOutcome>>(OverlapKind.class);
        outcomes.forEach((kind, ofKind) -> copies.put(kind, List.copyOf(ofKind)));
        outcomes = Collections.unmodifiableMap(copies);
    }

    /// The outcomes of boxes where these were asked for, else of masks.
    public List<ObjectOutcome> objects() {
        return outcomes.containsKey(OverlapKind.BOXES)
                ? outcomes(OverlapKind.BOXES)
                : outcomes(OverlapKind.MASKS);
    }

    public List<ObjectOutcome> outcomes(OverlapKind kind) {
        return outcomes.getOrDefault(kind, List.of());
    }

    public int found() {
        return count(ObjectOutcome::isFound);
    }

    public int missed() {
        return count(ObjectOutcome::isMissed);
    }

    public int madeUp() {
        return count(ObjectOutcome::isMadeUp);
    }

    public int misnamed() {
        return count(ObjectOutcome::isMisnamed);
    }

    /// How many things are wrong, whatever they are.
    public int faults() {
        return missed() + madeUp() + misnamed() + wrongTexts + malformed;
    }

    /// Mean overlap of the pairs, whatever their labels are; empty where there is none.
    public OptionalDouble meanIou() {
        return objects().stream()
                .filter(outcome -> outcome.iou() > 0)
                .mapToDouble(ObjectOutcome::iou)
                .average();
    }

    private int count(Predicate<ObjectOutcome> meant) {
        return (int) objects().stream().filter(meant).count();
    }
}
