package org.palimpsest.ui.exchange;

import org.palimpsest.ui.support.Texts;

/// Lengths of files in words.
final class Sizes {
    private static final double STEP = 1000;

    private Sizes() {}

    static String words(long bytes) {
        if (bytes < STEP) {
            return Texts.get("exchange.size.bytes", bytes);
        }
        double thousands = bytes / STEP;
        if (thousands < STEP) {
            return Texts.get("exchange.size.kB", thousands);
        }
        return thousands < STEP * STEP
                ? Texts.get("exchange.size.MB", thousands / STEP)
                : Texts.get("exchange.size.GB", thousands / STEP / STEP);
    }
}
