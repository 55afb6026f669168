package org.palimpsest.batch;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.palimpsest.evaluation.ConfusionMatrix;
import org.palimpsest.evaluation.detection.OverlapKind;
import org.palimpsest.evaluation.detection.PrecisionCurve;
import org.palimpsest.project.EvaluationFigures;

/// How well objects are found, in detail.
///
/// @param kind whether boxes or masks were compared
/// @param labels how well each is found, in the order of their names
/// @param curves of every label that the truth has, at the overlaps 0.50 and 0.75
/// @param confusion which label is taken for which, at an overlap of 0.5
public record ObjectFigures(
        OverlapKind kind,
        List<EvaluationFigures.LabelFigures> labels,
        SortedMap<String, List<PrecisionCurve>> curves,
        ConfusionMatrix confusion) {
    /// The places of the kept curves among COCO's ten overlaps.
    static final List<Integer> KEPT_CURVES = List.of(0, 5);

    public ObjectFigures {
        labels = List.copyOf(labels);
        curves = Collections.unmodifiableSortedMap(new TreeMap<>(curves));
    }

    /// The mean of all labels' curves at each overlap, whose average precisions are `AP50` and `AP75`; none where the truth
    /// has no object.
    public List<PrecisionCurve> meanCurves() {
        if (curves.isEmpty()) {
            return List.of();
        }
        return IntStream.range(0, KEPT_CURVES.size())
                .mapToObj(i ->
                        PrecisionCurve.mean(
                                curves.values().stream().map(kept -> kept.get(i)).toList()))
                .toList();
    }
}
