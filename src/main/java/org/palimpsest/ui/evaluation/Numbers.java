package org.palimpsest.ui.evaluation;

import java.text.NumberFormat;
import org.palimpsest.ui.support.Texts;

/// Writes figures as the person's language does.
final class Numbers {
    private static final String MINUS = "−";
    private static final String NONE = "–";

    private Numbers() {}

    /// Three digits behind the point; a dash where the number is not known.
    static String share(double value) {
        return Double.isFinite(value) ? format(value, 3) : NONE;
    }

    static String count(long value) {
        return NumberFormat.getIntegerInstance(Texts.locale()).format(value);
    }

    /// With its sign; a dash where the number is not known.
    static String change(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        var text = format(Math.abs(value), 3);
        return Math.abs(value) < 5e-4 ? text : (value < 0 ? MINUS : "+") + text;
    }

    static String percent(double share) {
        return NumberFormat.getPercentInstance(Texts.locale()).format(share);
    }

    private static String format(double value, int digits) {
        var format = NumberFormat.getInstance(Texts.locale());
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(value);
    }
}
