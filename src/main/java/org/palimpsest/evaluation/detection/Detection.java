package org.palimpsest.evaluation.detection;

import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Region;

/// A predicted object.
///
/// @param score how sure the model was; only the order of the scores matters
public record Detection(String label, Region region, double score) {
    public Detection {
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("Score is not finite: " + score);
        }
        score += 0.0; // -0.0 becomes 0.0, so that equal scores are equal
    }

    /// An annotation as a detection; 1 where its source gave no score.
    public static Detection of(ObjectAnnotation annotation) {
        return new Detection(
                annotation.label(), annotation.region(), annotation.provenance().score().orElse(1));
    }
}
