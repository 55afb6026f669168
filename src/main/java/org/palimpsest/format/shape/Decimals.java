package org.palimpsest.format.shape;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers as text: never with an exponent, a comma or needless zeros, in any country.
public final class Decimals {
    private Decimals() {}

    /// The number rounded to so many places, half to even.
    ///
    /// @param value finite
    public static String text(double value, int places) {
        var rounded =
                BigDecimal.valueOf(value)
                        .setScale(places, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    /// The number that a text is, or `NaN` where it is none, endless, or too long to be one.
    public static double parse(String text) {
        String stripped = text.strip();
        if (stripped.length() > 64 || !stripped.matches("[-+0-9.eE]+")) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(stripped);
            return Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
