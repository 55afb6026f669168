package org.palimpsest.imaging;

import java.util.HashMap;
import java.util.Map;

/// Colours for labels that people with colour-blindness can tell apart.
///
/// They are those of Okabe and Ito ("Color Universal Design", 2008) without black, in an order in
/// which neighbours differ most. Not thread-safe.
public final class OverlayColors {
    private static final int[] COLORS = {
        0xE69F00, 0x56B4E9, 0x009E73, 0xCC79A7, 0xF0E442, 0x0072B2, 0xD55E00
    };

    private final Map<String, Integer> colors = new HashMap<>();

    /// The colour of a label: the next free one the first time it is asked for, then always that.
    public int of(String label) {
        return colors.computeIfAbsent(label, _ -> at(colors.size()));
    }

    /// The colour with this number, as `0xRRGGBB`; they repeat after seven.
    public static int at(int index) {
        return COLORS[Math.floorMod(index, COLORS.length)];
    }

    /// Black or white, whichever is easier to read on this colour (WCAG 2.2, relative luminance).
    public static int textOn(int rgb) {
        double luminance =
                0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
        double contrastOfWhite = 1.05 / (luminance + 0.05);
        double contrastOfBlack = (luminance + 0.05) / 0.05;
        return contrastOfBlack >= contrastOfWhite ? 0x000000 : 0xFFFFFF;
    }

    private static double linear(int channel) {
        double value = (channel & 0xFF) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
