package org.palimpsest.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.imaging.ShapeStyle.Stroke;

final class ShapeRasterTest {
    private static final ShapeStyle PLAIN = new ShapeStyle(0xFF0000, 0.5, 1, 1, Stroke.SOLID);

    @Test
    void aBoxIsALineOnWholePixelsAroundAPaleArea() {
        assertThat(draw(8, 7, 1, new Box(1.5, 1.5, 6.5, 5.5), PLAIN))
                .isEqualTo(
                        """
                        ........
                        .######.
                        .#++++#.
                        .#++++#.
                        .#++++#.
                        .######.
                        ........
                        """);
    }

    @Test
    void theAreaIsPremultiplied() {
        int[] argb = pixels(8, 7, 1, new Box(1.5, 1.5, 6.5, 5.5), PLAIN);

        assertThat(argb[3 * 8 + 3]).isEqualTo(0x80800000);
        assertThat(argb[8 + 1]).isEqualTo(0xFFFF0000);
    }

    @Test
    void whatLiesAboveIsLaidOverWhatLiesBelow() {
        var argb = new int[16];
        try (var raster = new ShapeRaster(4, 4, argb, 1, 0, 0)) {
            raster.begin(0, 0, 4, 4);
            raster.draw(new Box(-5, -5, 9, 9), new Box(-5, -5, 9, 9), PLAIN);
            var blue = new ShapeStyle(0x0000FF, 0.25, 1, 1, Stroke.SOLID);
            raster.draw(new Box(-5, -5, 9, 9), new Box(-5, -5, 9, 9), blue);
        }
        // alpha 1 - 0.5 · 0.75, red 0.5 · 0.75, blue 0.25, with 128 and 64 of 255
        assertThat(argb[5] >>> 24).isCloseTo(160, within(1));
        assertThat(argb[5] >> 16 & 0xFF).isCloseTo(96, within(1));
        assertThat(argb[5] & 0xFF).isCloseTo(64, within(1));
    }

    @Test
    void aDashedLineHasGaps() {
        var dashed = new ShapeStyle(0xFF0000, 0, 1, 1, Stroke.DASHED);

        assertThat(draw(20, 3, 1, new Box(0.5, 0.5, 30, 30), dashed).lines().findFirst())
                .contains("#######....#######..");
    }

    @Test
    void aTinyShapeIsADot() {
        assertThat(draw(4, 3, 0.1, new Box(10, 10, 14, 15), PLAIN))
                .isEqualTo(
                        """
                        ....
                        .#..
                        ....
                        """);
    }

    @Test
    void aPolygonsHoleStaysOpen() {
        Region ring = new Polygon(square(2, 2, 30, 30), List.of(square(10, 10, 22, 22)));
        int[] argb = pixels(32, 32, 1, ring, PLAIN);

        assertThat(argb[16 * 32 + 16]).isZero();
        assertThat(argb[6 * 32 + 6] >>> 24).isCloseTo(128, within(1));
        assertThat(argb[2 * 32 + 16] >>> 24).isGreaterThan(100);
    }

    @Test
    void aMaskIsPaleWithAStrongEdge() {
        Region mask = Mask.of(8, 8, (x, y) -> x >= 1 && x < 7 && y >= 1 && y < 7);

        assertThat(draw(8, 8, 1, mask, PLAIN))
                .isEqualTo(
                        """
                        ........
                        .######.
                        .#++++#.
                        .#++++#.
                        .#++++#.
                        .#++++#.
                        .######.
                        ........
                        """);
    }

    @Test
    void windowsBesideEachOtherMakeTheSamePictureAsOne() {
        var random = new Random(5);
        for (var stroke : Stroke.values()) {
            var regions = new ArrayList<Region>();
            for (int i = 0; i < 25; i++) {
                double x = random.nextDouble(-20, 80);
                double y = random.nextDouble(-20, 80);
                regions.add(new Box(x, y, x + random.nextDouble(60), y + random.nextDouble(60)));
            }
            regions.add(Mask.of(90, 90, (x, y) -> Math.hypot(x - 40, y - 50) < 30));
            var style = new ShapeStyle(0x3366CC, 0.3, 0.8, 2, stroke);
            double scale = random.nextDouble(0.5, 1.5);

            var whole = window(96, 96, 0, 0, scale, regions, style);
            var parts = new int[96 * 96];
            for (int tile = 0; tile < 9; tile++) {
                int left = tile % 3 * 32;
                int top = tile / 3 * 32;
                var part = window(32, 32, left, top, scale, regions, style);
                for (int y = 0; y < 32; y++) {
                    System.arraycopy(part, y * 32, parts, (top + y) * 96 + left, 32);
                }
            }
            assertThat(parts).isEqualTo(whole);
        }
    }

    @Test
    void onlyTheBegunPartIsDrawnAnew() {
        var argb = new int[64];
        Arrays.fill(argb, 7);
        try (var raster = new ShapeRaster(8, 8, argb, 1, 0, 0)) {
            raster.begin(2, 2, 6, 5);
            raster.draw(new Box(-9, -9, 99, 99), new Box(-9, -9, 99, 99), PLAIN);
            Region polygon = new Polygon(square(-9, -9, 99, 99));
            raster.draw(polygon, polygon.bounds(), PLAIN);
        }
        for (int i = 0; i < 64; i++) {
            boolean inside = i % 8 >= 2 && i % 8 < 6 && i / 8 >= 2 && i / 8 < 5;
            assertThat(argb[i] != 7).as("pixel " + i).isEqualTo(inside);
        }
    }

    private static List<Point> square(double left, double top, double right, double bottom) {
        return List.of(
                new Point(left, top),
                new Point(right, top),
                new Point(right, bottom),
                new Point(left, bottom));
    }

    private static int[] window(
            int width,
            int height,
            int left,
            int top,
            double scale,
            List<Region> regions,
            ShapeStyle style) {
        var argb = new int[width * height];
        try (var raster = new ShapeRaster(width, height, argb, scale, left, top)) {
            raster.begin(0, 0, width, height);
            regions.forEach(region -> raster.draw(region, region.bounds(), style));
        }
        return argb;
    }

    private static int[] pixels(
            int width, int height, double scale, Region region, ShapeStyle style) {
        return window(width, height, 0, 0, scale, List.of(region), style);
    }

    /// `#` opaque, `+` in between, `.` nothing.
    private static String draw(
            int width, int height, double scale, Region region, ShapeStyle style) {
        int[] argb = pixels(width, height, scale, region, style);
        var text = new StringBuilder();
        for (int i = 0; i < argb.length; i++) {
            int alpha = argb[i] >>> 24;
            text.append(alpha == 255 ? '#' : alpha > 0 ? '+' : '.');
            if (i % width == width - 1) {
                text.append('\n');
            }
        }
        return text.toString();
    }
}
