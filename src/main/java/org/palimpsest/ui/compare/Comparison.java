package org.palimpsest.ui.compare;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.evaluation.LabeledRegion;
import org.palimpsest.evaluation.RegionMatch;
import org.palimpsest.evaluation.RegionMatcher;
import org.palimpsest.geometry.Box;

/// How far two answers agree about objects: pairs of one label whose boxes overlap by half or more.
///
/// @param agreed places of the first answer's objects that have a partner
/// @param agreedOther the same of the second answer
/// @param meanIou of the pairs; 0 where there are none
record Comparison(Set<Integer> agreed, Set<Integer> agreedOther, double meanIou) {
    private static final double LEAST_IOU = 0.5;

    static Comparison of(List<ObjectAnnotation> one, List<ObjectAnnotation> other) {
        var pairs = RegionMatcher.matchBoxes(boxes(one), boxes(other), LEAST_IOU);
        return new Comparison(
                pairs.stream().map(RegionMatch::predicted).collect(Collectors.toUnmodifiableSet()),
                pairs.stream().map(RegionMatch::actual).collect(Collectors.toUnmodifiableSet()),
                pairs.stream().mapToDouble(RegionMatch::iou).average().orElse(0));
    }

    private static List<LabeledRegion<Box>> boxes(List<ObjectAnnotation> objects) {
        return objects.stream()
                .map(object -> new LabeledRegion<>(object.label(), object.region().bounds()))
                .toList();
    }
}
