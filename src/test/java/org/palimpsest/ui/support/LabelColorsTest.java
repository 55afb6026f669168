package org.palimpsest.ui.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;

/// Whether people with any colour vision tell the safe colours apart.
///
/// A kind of vision is simulated by the matrix of Machado, Oliveira and Fernandes for its whole severity (A
/// Physiologically-based Model for Simulation of Color Vision Deficiency, IEEE TVCG 15(6), 2009, table at
/// inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation/CVD_Simulation.html), applied to linear RGB. How much two colours differ
/// is their distance in Oklab (Ottosson, A perceptual color space for image processing, 2020), times 100: below 2 hardly
/// anybody sees it.
final class LabelColorsTest {
    private static final int WHITE = 0xFFFFFF;
    private static final int DARK = 0x0D1117;

    private enum Vision {
        FULL(1, 0, 0, 0, 1, 0, 0, 0, 1),
        PROTANOPIA(
                0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
                1.051998),
        DEUTERANOPIA(
                0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
                0.968881),
        TRITANOPIA(
                1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
                0.303900);

        private final double[] matrix;

        Vision(double... matrix) {
            this.matrix = matrix;
        }

        double[] see(int rgb) {
            double[] from = {linear(rgb >> 16), linear(rgb >> 8), linear(rgb)};
            var seen = new double[3];
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    seen[i] += matrix[3 * i + j] * from[j];
                }
                seen[i] = Math.clamp(seen[i], 0, 1);
            }
            return seen;
        }
    }

    private static double linear(int channel) {
        double part = (channel & 0xFF) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private static double[] oklab(double[] rgb) {
        double l = Math.cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
        double m = Math.cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
        double s = Math.cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
        return new double[] {
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        };
    }

    private static double difference(int one, int other, Vision vision) {
        var a = oklab(vision.see(one));
        var b = oklab(vision.see(other));
        return 100 * Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
    }

    /// As an object's area is filled.
    private static int over(int rgb, int below) {
        int mixed = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            double part = 0.3 * (rgb >> shift & 0xFF) + 0.7 * (below >> shift & 0xFF);
            mixed |= (int) Math.rint(part) << shift;
        }
        return mixed;
    }

    @ParameterizedTest
    @EnumSource(Vision.class)
    void neighboursAreToldApartInBothThemes(Vision vision) {
        var colors = LabelColors.safeColors();
        for (int i = 0; i < colors.size(); i++) {
            int one = colors.get(i);
            int next = colors.get((i + 1) % colors.size());
            assertThat(difference(one, next, vision))
                    .as("%06x and %06x", one, next)
                    .isGreaterThan(20);
            for (int theme : new int[] {WHITE, DARK}) {
                assertThat(difference(over(one, theme), over(next, theme), vision))
                        .as("%06x and %06x as areas on %06x", one, next, theme)
                        .isGreaterThan(7);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Vision.class)
    void anyTwoDiffer(Vision vision) {
        var colors = LabelColors.safeColors();
        for (int one : colors) {
            for (int other : colors) {
                if (one != other) {
                    assertThat(difference(one, other, vision)).isGreaterThan(7);
                }
            }
        }
    }

    @Test
    void theMeasureKnowsWhatIsHardToTellApart() {
        assertThat(difference(0xC00000, 0x606000, Vision.FULL)).isGreaterThan(15);
        assertThat(difference(0x9E2B2B, 0x5A5A20, Vision.DEUTERANOPIA)).isLessThan(6);
    }

    @Test
    void labelsGetSafeColoursByTheirPlaceAndKeepTheirOwn() {
        var colors = new LabelColors();
        var labels = new LabelSet(List.of(new Label("cat", 0x123456), new Label("dog", 0x654321)));

        assertThat(colors.of("dog", labels)).isEqualTo(0x654321);
        colors.safeProperty().set(true);
        assertThat(colors.of("cat", labels)).isEqualTo(LabelColors.safeColors().get(0));
        assertThat(colors.of("dog", labels)).isEqualTo(LabelColors.safeColors().get(1));
        assertThat(colors.of("new", labels)).isEqualTo(LabelColors.safeColors().get(2));
        assertThat(labels.find("dog").orElseThrow().rgb()).isEqualTo(0x654321);
    }
}
