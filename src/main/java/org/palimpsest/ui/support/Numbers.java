package org.palimpsest.ui.support;

import java.text.DecimalFormatSymbols;
import java.text.Normalizer;
import java.text.NumberFormat;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// Numbers as the person's language writes and types them.
public final class Numbers {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d[\\d.,]*|[.,]\\d+)([eE][+-]?\\d+)?");
    private static final Pattern THOUSANDS = Pattern.compile("[+-]?[1-9]\\d{0,2}[.,]\\d{3}");
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u202f’']");

    private Numbers() {}

    /// Without groups, so that it can be typed on: `1234.50`, in German `1234,50`.
    ///
    /// @param digits behind the decimal separator
    public static String fixed(double value, int digits) {
        return String.format(Texts.locale(), "%." + digits + "f", value);
    }

    /// With groups: `12,345`, in German `12.345`.
    public static String whole(long value) {
        return NumberFormat.getIntegerInstance(Texts.locale()).format(value);
    }

    /// The number that was typed; empty if it is none.
    ///
    /// The decimal separator of the person's language is taken, and the other one too where it cannot separate
    /// thousands: in German `0,5`, `0.5` and `1.234,5`, where `1.234` is more than a thousand. Digits of full width,
    /// which East Asian keyboards write, are digits.
    public static OptionalDouble typed(String text) {
        var plain = SPACES.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
        if (!NUMBER.matcher(plain).matches()) {
            return OptionalDouble.empty();
        }
        char decimal = decimal(plain);
        char group = decimal == ',' ? '.' : ',';
        var number = plain.replace(String.valueOf(group), "").replace(decimal, '.');
        return number.indexOf('.') == number.lastIndexOf('.')
                ? OptionalDouble.of(Double.parseDouble(number))
                : OptionalDouble.empty();
    }

    private static char decimal(String plain) {
        int dots = plain.lastIndexOf('.');
        int commas = plain.lastIndexOf(',');
        if (dots >= 0 && commas >= 0) {
            return dots > commas ? '.' : ',';
        }
        char usual = DecimalFormatSymbols.getInstance(Texts.locale()).getDecimalSeparator();
        char used = commas >= 0 ? ',' : '.';
        boolean isOnce = plain.indexOf(used) == plain.lastIndexOf(used);
        if (used == usual || (isOnce && !THOUSANDS.matcher(plain).matches())) {
            return used;
        }
        return usual;
    }
}
