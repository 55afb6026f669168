package org.palimpsest.evaluation.review;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;

/// How many objects of each label a data set has, counted image by image.
public final class LabelFrequencies {
    private final Map<String, Long> counts = new HashMap<>();

    /// Counts an image; rejected objects are not there.
    public void add(List<? extends Annotation> annotations) {
        for (var annotation : annotations) {
            if (annotation instanceof ObjectAnnotation object
                    && object.review() != ReviewState.REJECTED) {
                counts.merge(object.label(), 1L, Long::sum);
            }
        }
    }

    /// One over the number of objects; 1 for a label that was never seen.
    double rarity(String label) {
        return 1.0 / counts.getOrDefault(label, 1L);
    }
}
