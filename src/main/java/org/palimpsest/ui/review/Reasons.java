package org.palimpsest.ui.review;

import java.util.ArrayList;
import org.palimpsest.evaluation.review.ReviewItem;
import org.palimpsest.evaluation.review.ReviewSignal;
import org.palimpsest.ui.support.Numbers;
import org.palimpsest.ui.support.Texts;

/// Why an image is worth looking at, in words.
final class Reasons {
    /// A label with more objects than ten is not worth a word.
    private static final double RARE = 0.1;

    private Reasons() {}

    static String of(ReviewItem item) {
        var words = new ArrayList<String>();
        for (var signal : item.signals().entrySet()) {
            if (signal.getKey() == ReviewSignal.RARE_LABEL && signal.getValue() < RARE) {
                continue;
            }
            words.add(words(signal.getKey(), signal.getValue()));
        }
        return String.join(" · ", words);
    }

    private static String words(ReviewSignal signal, double value) {
        return switch (signal) {
            case LOW_SCORE -> Texts.get("review.reason.score", number(1 - value));
            case DISAGREEMENT -> Texts.get("review.reason.disagreement", number(value));
            case IMPROBABLE_TEXT -> Texts.get("review.reason.text");
            case RARE_LABEL ->
                    Texts.get("review.reason.rare", value > 0 ? Math.round(1 / value) : 0);
        };
    }

    private static String number(double value) {
        return Numbers.fixed(value, 2);
    }
}
