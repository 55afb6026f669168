package org.palimpsest.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class ToneCurveTest {
    @Test
    void noCurveChangesNothing() {
        var pixels = new TilePixels(1, 1, new int[] {0xFF123456});

        assertThat(ToneCurve.NONE.apply(pixels)).isSameAs(pixels);
        for (int i = 0; i < 256; i++) {
            assertThat(ToneCurve.NONE.table()[i]).isEqualTo(i);
        }
    }

    @Test
    void brightnessIsAddedContrastIsAroundTheMiddleAndGammaLiftsTheDark() {
        assertThat(apply(new ToneCurve(0.5, 1, 1), 0x000040)).isEqualTo(0x8080C0);
        assertThat(apply(new ToneCurve(0, 2, 1), 0x4080C0)).isEqualTo(0x0081FF);
        assertThat(apply(new ToneCurve(0, 1, 2), 0x0040FF)).isEqualTo(0x0080FF);
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ToneCurve(0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new ToneCurve(2, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ToneCurve(0, Double.NaN, 1));
    }

    private static int apply(ToneCurve curve, int rgb) {
        var shown = curve.apply(new TilePixels(1, 1, new int[] {0xFF000000 | rgb}));
        return shown.argb()[0] & 0xFFFFFF;
    }
}
