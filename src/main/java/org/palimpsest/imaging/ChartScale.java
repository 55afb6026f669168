package org.palimpsest.imaging;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/// An axis from one round number to another, with round numbers between them: multiples of 1, 2 or 5 times a power of ten.
///
/// @param low where the axis begins
/// @param high where it ends; more than `low`
/// @param step between two ticks
record ChartScale(double low, double high, double step) {
    private static final double[] ROUND = {1, 2, 5, 10};
    private static final double SMALLEST_PLAIN = 1e-3 * (1 - 1e-9);
    private static final double LARGEST_PLAIN = 1e6;

    /// The axis whose ends are round numbers around the values.
    ///
    /// @param ticks how many steps it has at most
    static ChartScale around(double smallest, double largest, int ticks) {
        double least = smallest;
        double most = largest;
        if (!(most > least)) {
            double room = least == 0 ? 1 : Math.abs(least) / 2;
            least -= room;
            most += room;
        }
        double step = roundStep((most - least) / ticks);
        while (Math.ceil(most / step) - Math.floor(least / step) > ticks) {
            step = roundStep(step * 1.5);
        }
        return new ChartScale(Math.floor(least / step) * step, Math.ceil(most / step) * step, step);
    }

    /// The axis that ends where the values end, with ticks at round numbers.
    static ChartScale within(double smallest, double largest, int ticks) {
        double most = largest > smallest ? largest : smallest + 1;
        return new ChartScale(smallest, most, roundStep((most - smallest) / ticks));
    }

    private static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double round : ROUND) {
            if (round * power >= least * (1 - 1e-9)) {
                return round * power;
            }
        }
        throw new IllegalStateException("No round number above " + least);
    }

    /// Where the ticks are.
    List<Double> ticks() {
        var ticks = new ArrayList<Double>();
        long first = (long) Math.ceil(low / step - 1e-9);
        long last = (long) Math.floor(high / step + 1e-9);
        for (long i = first; i <= last; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /// The share of the axis up to a value, 0 at its beginning.
    double share(double value) {
        return (value - low) / (high - low);
    }

    /// A tick as text, with no more digits than the step needs; with a power of ten where all of the axis is far from 1.
    String text(double tick) {
        if (Math.abs(tick) < step / 2) {
            return "0";
        }
        double largest = Math.max(Math.abs(low), Math.abs(high));
        var number = BigDecimal.valueOf(tick).round(new MathContext(6)).stripTrailingZeros();
        if (largest >= SMALLEST_PLAIN && largest < LARGEST_PLAIN) {
            return number.toPlainString().replace('-', '−');
        }
        int exponent = number.precision() - number.scale() - 1;
        String digits = number.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return (digits + "e" + exponent).replace('-', '−');
    }
}
