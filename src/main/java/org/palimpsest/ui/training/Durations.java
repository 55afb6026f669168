package org.palimpsest.ui.training;

import org.palimpsest.ui.support.Texts;

/// Times in words.
final class Durations {
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;

    private Durations() {}

    static String words(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "–";
        }
        long whole = Math.max(0, Math.round(seconds));
        if (whole < MINUTE) {
            return Texts.get("training.seconds", whole);
        }
        return whole < HOUR
                ? Texts.get("training.minutes", whole / MINUTE, whole % MINUTE)
                : Texts.get("training.hours", whole / HOUR, whole % HOUR / MINUTE);
    }
}
