package org.palimpsest.ui.settings;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A style sheet with every length larger or smaller than it was written.
///
/// JavaFX knows no such thing: a larger font leaves the paddings and icons of AtlantaFX as they are, which are in pixels,
/// and a scaled root leaves popups out and makes a canvas blurred. Thread-safe.
final class ScaledStyles {
    private static final Pattern DECLARATION =
            Pattern.compile("(-fx-[a-z-]+)(\\s*:\\s*)([^;{}]*)(?=[;}])");

    private static final Pattern LENGTH_PROPERTY =
            Pattern.compile(
                    "-fx-((label-)?padding|background-(insets|radius)|border-(width|radius|insets)"
                            + "|(min|pref|max)-(width|height)|spacing|hgap|vgap|graphic-text-gap"
                            + "|(fixed-)?cell-size|size|icon-size|font-size|indent|stroke-width"
                            + "|translate-[xy]|(minor-)?tick-length|bar-gap|category-gap"
                            + "|tile-(width|height)|prefix|(horizontal|vertical)-cell-spacing"
                            + "|cell-(width|height)|(horizontal|vertical)-(cell-)?(gap|spacing))");

    /// A thin line is drawn in whole pixels, or it is blurred.
    private static final Pattern LINE_PROPERTY =
            Pattern.compile("-fx-(border-width|background-insets|border-insets)");

    private static final Pattern MOST_AND_LEAST =
            Pattern.compile("-fx-(min|pref|max)-(width|height)");

    /// A plain number or one of pixels; `em` follows the font anyway, and names and colours are no lengths.
    private static final Pattern LENGTH =
            Pattern.compile("(?<![\\w.#-])(-?\\d*\\.?\\d+)(px)?(?![\\w.%#])");

    private ScaledStyles() {}

    /// The same rules with every length times the scale.
    static String scaled(String css, double scale) {
        if (scale == 1) {
            return css;
        }
        return DECLARATION.matcher(css).replaceAll(found -> declaration(found, scale));
    }

    private static String declaration(MatchResult found, double scale) {
        String property = found.group(1);
        if (!LENGTH_PROPERTY.matcher(property).matches()) {
            return java.util.regex.Matcher.quoteReplacement(found.group());
        }
        boolean line = LINE_PROPERTY.matcher(property).matches();
        boolean bound = MOST_AND_LEAST.matcher(property).matches();
        var value =
                LENGTH.matcher(found.group(3))
                        .replaceAll(number -> {
                            double length = Double.parseDouble(number.group(1));
                            // A negative bound says how to compute it.
                            double result = bound && length < 0 ? length : length * scale;
                            String unit = number.group(2) == null ? "" : "px";
                            return text(line ? lineWidth(length, result) : result) + unit;
                        });
        return java.util.regex.Matcher.quoteReplacement(property + found.group(2) + value);
    }

    private static double lineWidth(double written, double scaled) {
        if (written == 0) {
            return 0;
        }
        return Math.signum(scaled) * Math.max(1, Math.round(Math.abs(scaled)));
    }

    private static String text(double length) {
        double rounded = Math.round(length * 100) / 100.0;
        return rounded == Math.rint(rounded)
                ? Long.toString((long) rounded)
                : Double.toString(rounded);
    }

    /// An address under which JavaFX finds the rules without a file.
    static String address(String css) {
        return "data:text/css;base64,"
                + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8));
    }
}
