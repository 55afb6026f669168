package org.palimpsest.evaluation.review;

import java.util.List;
import java.util.OptionalDouble;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.geometry.Size;

/// Computes the signals of one image; empty where a signal says nothing about it. Rejected annotations do not count.
public final class ReviewSignals {
    private ReviewSignals() {}

    /// 1 less the lowest score of an annotation that nobody has reviewed.
    public static OptionalDouble lowScore(List<? extends Annotation> annotations) {
        return annotations.stream()
                .filter(annotation -> annotation.review() == ReviewState.UNREVIEWED)
                .flatMapToDouble(annotation -> annotation.provenance().score().stream())
                .map(score -> 1 - score)
                .max();
    }

    /// How much two sets of annotations of the same image differ, 0 to 1.
    ///
    /// 1 − 2 · agreement / (number in one + number in the other), an F1 in which a pair counts as much as it agrees: objects
    /// of the same label by their overlap, texts to the same prompt by 1 − edit distance / longer length. Pairs are made one to
    /// one, the best agreement first.
    ///
    /// @param image its size
    /// @return empty where there is nothing on either side
    /// @throws IllegalArgumentException if a mask is of another size
    public static OptionalDouble disagreement(
            Size image, List<? extends Annotation> one, List<? extends Annotation> other) {
        return Agreement.of(image, present(one), present(other));
    }

    private static List<Annotation> present(List<? extends Annotation> annotations) {
        return annotations.stream()
                .filter(annotation -> annotation.review() != ReviewState.REJECTED)
                .map(Annotation.class::cast)
                .toList();
    }

    /// How rare the rarest label in the image is: 1 for a label of a single object, 1 / 100 for one of a hundred.
    public static OptionalDouble rareLabel(
            List<? extends Annotation> annotations, LabelFrequencies frequencies) {
        return present(annotations).stream()
                .filter(ObjectAnnotation.class::isInstance)
                .map(ObjectAnnotation.class::cast)
                .mapToDouble(object -> frequencies.rarity(object.label()))
                .max();
    }

    /// How improbable a text is under the model.
    ///
    /// @param logLikelihood natural logarithm of the probability of the whole text, 0 or less
    /// @param tokens how many tokens it has
    /// @return empty for a text without tokens
    public static OptionalDouble improbableText(double logLikelihood, int tokens) {
        if (!(logLikelihood <= 0)) {
            throw new IllegalArgumentException(
                    "Not a logarithm of a probability: " + logLikelihood);
        }
        return tokens == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(-logLikelihood / tokens, Double.MAX_VALUE));
    }
}
