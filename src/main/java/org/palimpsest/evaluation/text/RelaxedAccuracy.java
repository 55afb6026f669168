package org.palimpsest.evaluation.text;

import java.util.OptionalDouble;

/// Whether an answer about a chart is right: a number may be five percent off, everything else must be equal (Masry et al.,
/// ChartQA, 2022, section 5.1; big_vision evaluators/proj/paligemma/transfers/chartqa.py, 0127fb6).
public final class RelaxedAccuracy {
    private static final double LARGEST_ERROR = 0.05;

    private RelaxedAccuracy() {}

    /// Numbers are what Python's `float` accepts, percent signs at the end divide by 100. A target of 0 must be met by the
    /// same text.
    public static boolean matches(String target, String prediction) {
        var wanted = number(target);
        var given = number(prediction);
        if (given.isEmpty() || wanted.isEmpty() || wanted.getAsDouble() == 0) {
            return prediction.equals(target);
        }
        double error =
                Math.abs(given.getAsDouble() - wanted.getAsDouble())
                        / Math.abs(wanted.getAsDouble());
        return error <= LARGEST_ERROR;
    }

    private static OptionalDouble number(String text) {
        if (!text.endsWith("%")) {
            return PythonText.toFloat(text);
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '%') {
            end--;
        }
        var number = PythonText.toFloat(text.substring(0, end));
        return number.isPresent() ? OptionalDouble.of(number.getAsDouble() / 100) : number;
    }
}
