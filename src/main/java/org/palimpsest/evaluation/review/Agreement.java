package org.palimpsest.evaluation.review;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.evaluation.text.EditDistance;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;

/// How far two sets of annotations of one image agree.
final class Agreement {
    private record Pair(int one, int other, double value) {}

    private Agreement() {}

    /// 1 − 2 · agreement / (number in one + number in the other).
    static OptionalDouble of(Size image, List<Annotation> one, List<Annotation> other) {
        int count = one.size() + other.size();
        if (count == 0) {
            return OptionalDouble.empty();
        }
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < one.size(); i++) {
            for (int j = 0; j < other.size(); j++) {
                double value = between(image, one.get(i), other.get(j));
                if (value > 0) {
                    pairs.add(new Pair(i, j, value));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::value).reversed());
        var takenOfOne = new BitSet();
        var takenOfOther = new BitSet();
        double sum = 0;
        for (var pair : pairs) {
            if (!takenOfOne.get(pair.one()) && !takenOfOther.get(pair.other())) {
                takenOfOne.set(pair.one());
                takenOfOther.set(pair.other());
                sum += pair.value();
            }
        }
        return OptionalDouble.of(1 - 2 * sum / count);
    }

    private static double between(Size image, Annotation one, Annotation other) {
        return switch (one) {
            case ObjectAnnotation object ->
                    other instanceof ObjectAnnotation match && object.label().equals(match.label())
                            ? overlap(image, object, match)
                            : 0;
            case TextAnnotation text ->
                    other instanceof TextAnnotation match && text.prompt().equals(match.prompt())
                            ? similarity(text.text(), match.text())
                            : 0;
        };
    }

    private static double overlap(Size image, ObjectAnnotation one, ObjectAnnotation other) {
        if (one.region() instanceof Box box && other.region() instanceof Box match) {
            return box.iou(match);
        }
        // Drawing is slow: objects that are apart need none.
        return one.region().bounds().intersection(other.region().bounds()).isEmpty()
                ? 0
                : one.region().iou(other.region(), image);
    }

    private static double similarity(String one, String other) {
        int longer =
                Math.max(
                        one.codePointCount(0, one.length()),
                        other.codePointCount(0, other.length()));
        return longer == 0 ? 1 : 1 - (double) EditDistance.ofCharacters(one, other) / longer;
    }
}
