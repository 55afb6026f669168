package org.palimpsest.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Regions are turned as the pixels are.
class OrientationTest {
    private static final Size STORED = new Size(7, 5);

    /// The pixels of a region, white on black.
    private static Picture painted(Mask mask) {
        byte[] rgb = new byte[3 * mask.width() * mask.height()];
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                rgb[3 * (y * mask.width() + x)] = (byte) (mask.get(x, y) ? 255 : 0);
            }
        }
        return new Picture(mask.width(), mask.height(), rgb);
    }

    private static Mask whiteOf(Picture picture) {
        return Mask.of(
                picture.width(), picture.height(), (x, y) -> (picture.rgb(x, y) >> 16) == 255);
    }

    @ParameterizedTest
    @EnumSource
    void aMaskTurnsAsThePixels(Orientation orientation) {
        var random = new Random(1);
        var stored = Mask.of(STORED.width(), STORED.height(), (_, _) -> random.nextBoolean());
        assertThat(orientation.shown(stored, STORED))
                .isEqualTo(whiteOf(orientation.apply(painted(stored))));
    }

    @ParameterizedTest
    @EnumSource
    void boxesAndOutlinesCoverTheSamePixelsAsTheirMasks(Orientation orientation) {
        var ring = List.of(new Point(1, 1), new Point(6, 1), new Point(6, 4), new Point(1, 4));
        var hole = List.of(new Point(2, 2), new Point(4, 2), new Point(4, 3), new Point(2, 3));
        var polygon = new Polygon(ring, List.of(hole));
        var triangle = new Polygon(List.of(new Point(0, 0), new Point(2.2, 0), new Point(0, 3.3)));
        for (Region stored :
                List.of(
                        new Box(1, 0, 4, 3),
                        polygon,
                        new MultiPolygon(List.of(polygon, triangle)))) {
            var size = orientation.shown(STORED);
            var pixels = (Mask) orientation.shown(Mask.fromRegion(stored, STORED), STORED);
            assertThat(pixels.size()).isEqualTo(size);
            assertThat(Mask.fromRegion(orientation.shown(stored, STORED), size)).isEqualTo(pixels);
        }
    }
}
