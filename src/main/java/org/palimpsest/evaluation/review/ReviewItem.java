package org.palimpsest.evaluation.review;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.palimpsest.dataset.ImageId;

/// An image that waits for a person.
///
/// @param urgency weighted mean of its ranks, 0 to 1
/// @param signals what was said about it
public record ReviewItem(ImageId image, double urgency, Map<ReviewSignal, Double> signals) {
    public ReviewItem {
        var copy = new EnumMap<ReviewSignal, Double>(ReviewSignal.class);
        copy.putAll(signals);
        signals = Collections.unmodifiableMap(copy);
    }
}
