package org.palimpsest.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutlineTest {
    private static List<Point> points(double... coordinates) {
        var points = new ArrayList<Point>();
        for (int i = 0; i < coordinates.length; i += 2) {
            points.add(new Point(coordinates[i], coordinates[i + 1]));
        }
        return points;
    }

    @Test
    void drawingTheOutlineGivesTheMaskBack() {
        var random = new Random(3);
        for (int i = 0; i < 1500; i++) {
            int width = 1 + random.nextInt(i % 10 == 0 ? 140 : 9);
            int height = 1 + random.nextInt(i % 10 == 0 ? 140 : 9);
            var mask = MaskTest.random(random, width, height);
            var outline = mask.outline();
            assertThat(Mask.fromRegion(outline, mask.size())).isEqualTo(mask);
            assertThat(outline.area()).isEqualTo(mask.area());
            assertThat(outline.bounds()).isEqualTo(mask.bounds());
        }
    }

    @Test
    void noThreeCornersOfAnOutlineLieOnALine() {
        var random = new Random(4);
        for (int i = 0; i < 200; i++) {
            for (var polygon : MaskTest.random(random, 12, 12).outline().polygons()) {
                var ring = polygon.exterior();
                for (int k = 0; k < ring.size(); k++) {
                    var a = ring.get(k);
                    var b = ring.get((k + 1) % ring.size());
                    var c = ring.get((k + 2) % ring.size());
                    assertThat(a.x() == b.x()).isNotEqualTo(b.x() == c.x());
                }
            }
        }
    }

    @Test
    void aHoleBelongsToThePartAroundItAndAnIslandInItIsAPartOfItsOwn() {
        var mask =
                MaskTest.mask(
                        "#####", //
                        "#...#", "#.#.#", "#...#", "#####");
        assertThat(mask.outline())
                .isEqualTo(
                        new MultiPolygon(
                                List.of(
                                        new Polygon(
                                                points(0, 0, 5, 0, 5, 5, 0, 5),
                                                List.of(points(4, 1, 1, 1, 1, 4, 4, 4))),
                                        new Polygon(points(2, 2, 3, 2, 3, 3, 2, 3)))));
    }

    @Test
    void pixelsThatTouchAtACornerAreTwoParts() {
        assertThat(MaskTest.mask("#.", ".#").outline().polygons()).hasSize(2);
        assertThat(MaskTest.mask(".#", "#.").outline().polygons()).hasSize(2);
    }

    @Test
    void anEmptyMaskHasAnEmptyOutline() {
        var outline = Mask.empty(new Size(4, 4)).outline();
        assertThat(outline).isEqualTo(new MultiPolygon(List.of()));
        assertThat(outline.bounds()).isEqualTo(new Box(0, 0, 0, 0));
        assertThat(outline.area()).isZero();
    }

    @Test
    void theOutlineOfNoiseInAPhotographTakesLessThanSeconds() {
        var random = new Random(5);
        var mask = Mask.of(2000, 1500, (x, y) -> random.nextInt(4) > 0);
        long start = System.nanoTime();
        var outline = mask.outline();
        assertThat(Mask.fromRegion(outline, mask.size())).isEqualTo(mask);
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }
}
