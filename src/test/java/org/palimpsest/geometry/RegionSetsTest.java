package org.palimpsest.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RegionSetsTest {
    private static final Size SIZE = new Size(120, 90);

    @Test
    void twoBoxesThatOverlapBecomeOneOutline() {
        var union = RegionSets.union(new Box(0, 0, 20, 10), new Box(10, 5, 30, 15));

        assertThat(union.polygons()).hasSize(1);
        assertThat(union.polygons().getFirst().exterior())
                .containsExactlyInAnyOrder(
                        new Point(0, 0),
                        new Point(20, 0),
                        new Point(20, 5),
                        new Point(30, 5),
                        new Point(30, 15),
                        new Point(10, 15),
                        new Point(10, 10),
                        new Point(0, 10));
        assertThat(union.area()).isEqualTo(350);
    }

    @Test
    void aBoxCutOutOfALargerOneIsAHole() {
        var frame = RegionSets.subtract(new Box(0, 0, 30, 30), new Box(10, 10, 20, 20));

        assertThat(frame.polygons()).hasSize(1);
        assertThat(frame.polygons().getFirst().holes()).hasSize(1);
        assertThat(frame.area()).isEqualTo(800);
    }

    @Test
    void aStripCutOutOfTheMiddleLeavesTwoParts() {
        var halves = RegionSets.subtract(new Box(0, 0, 30, 30), new Box(10, -5, 20, 40));

        assertThat(halves.polygons()).hasSize(2);
        assertThat(halves.area()).isEqualTo(600);
    }

    @Test
    void whatDoesNotOverlapHasNothingInCommon() {
        assertThat(RegionSets.intersect(new Box(0, 0, 9, 9), new Box(9, 0, 20, 9)).polygons())
                .isEmpty();
        assertThat(RegionSets.subtract(new Box(2, 2, 8, 8), new Box(0, 0, 9, 9)).polygons())
                .isEmpty();
    }

    @Test
    void aRingThatCrossesItselfIsTakenByTheEvenOddRule() {
        // A pentagram: its middle is outside.
        var star = new ArrayList<Point>();
        for (int i = 0; i < 5; i++) {
            double angle = i * 2 * 2 * Math.PI / 5;
            star.add(new Point(50 + 40 * Math.sin(angle), 45 - 40 * Math.cos(angle)));
        }
        var tips = RegionSets.union(new Polygon(star), new Box(0, 0, 0, 0));

        assertThat(RegionSets.intersect(tips, new Box(45, 40, 55, 50)).area()).isZero();
        assertAgrees(Mask.fromRegion(new Polygon(star), SIZE), tips);
    }

    @Test
    void partsThatOverlapCountOnce() {
        var both =
                new MultiPolygon(
                        List.of(
                                RegionSets.polygons(new Box(0, 0, 20, 20)).getFirst(),
                                RegionSets.polygons(new Box(10, 0, 30, 20)).getFirst()));

        assertThat(RegionSets.union(both, new Box(5, 5, 6, 6)).area()).isEqualTo(600);
    }

    @Test
    void aMaskTakesPartWithItsOutline() {
        var mask = MaskTest.mask("##..", "##..", "....");

        assertThat(RegionSets.subtract(mask, new Box(0, 0, 1, 2)).area()).isEqualTo(2);
    }

    @Test
    void areasAddUpAndRastersAgreeForAnyPolygons() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var one = polygon(random, 3 + random.nextInt(9));
            var other = polygon(random, 3 + random.nextInt(9));
            var union = RegionSets.union(one, other);
            var common = RegionSets.intersect(one, other);
            var rest = RegionSets.subtract(one, other);
            double areaOfOne = RegionSets.union(one, new Box(0, 0, 0, 0)).area();
            double areaOfOther = RegionSets.union(other, new Box(0, 0, 0, 0)).area();

            assertThat(union.area() + common.area())
                    .as("round %d", round)
                    .isCloseTo(areaOfOne + areaOfOther, within(1e-6));
            assertThat(rest.area() + common.area()).isCloseTo(areaOfOne, within(1e-6));
            var a = Mask.fromRegion(one, SIZE);
            var b = Mask.fromRegion(other, SIZE);
            assertAgrees(a.union(b), union);
            assertAgrees(a.intersection(b), common);
            assertAgrees(a.minus(b), rest);
        }
    }

    @Test
    void asManyPartsAsANoisyMaskHasAreJoinedInMoments() {
        var random = new Random(3);
        var mask = Mask.of(200, 200, (x, y) -> random.nextInt(3) == 0);
        long start = System.nanoTime();

        var union = RegionSets.union(mask, new Box(0, 0, 100, 100));

        assertThat(union.area())
                .isEqualTo(
                        mask.union(Mask.fromRegion(new Box(0, 0, 100, 100), mask.size())).area());
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    @Test
    void simplifyingDropsPointsOnALineAndKeepsCorners() {
        var detailed =
                new Polygon(
                        List.of(
                                new Point(0, 0),
                                new Point(10, 0.2),
                                new Point(20, 0),
                                new Point(20, 20),
                                new Point(10, 19.8),
                                new Point(0, 20)));

        var simple = RegionSets.simplify(detailed, 0.5);

        assertThat(simple.polygons().getFirst().exterior())
                .containsExactlyInAnyOrder(
                        new Point(0, 0), new Point(20, 0), new Point(20, 20), new Point(0, 20));
    }

    @Test
    void aSimplifiedRingHasThreePointsAtLeastAndSmallHolesVanish() {
        var square = RegionSets.polygons(new Box(0, 0, 50, 50)).getFirst().exterior();
        var dot = RegionSets.polygons(new Box(20, 20, 22, 22)).getFirst().exterior();

        var simple = RegionSets.simplify(new Polygon(square, List.of(dot)), 1000);

        assertThat(simple.polygons()).hasSize(1);
        assertThat(simple.polygons().getFirst().exterior().size()).isGreaterThanOrEqualTo(3);
        assertThat(simple.polygons().getFirst().holes()).isEmpty();
    }

    @Test
    void simplifiedOutlinesOfBlobsStayNearAndValid() {
        var random = new Random(11);
        for (int round = 0; round < 20; round++) {
            var blob = blob(random);
            var outline = blob.outline();
            var simple = RegionSets.simplify(outline, 1.5);

            assertThat(Vertices.count(simple)).isLessThanOrEqualTo(Vertices.count(outline));
            double difference =
                    RegionSets.subtract(outline, simple).area()
                            + RegionSets.subtract(simple, outline).area();
            assertThat(difference).isLessThan(0.15 * blob.area() + 40);
            for (var part : simple.polygons()) {
                double whole = new Polygon(part.exterior()).area();
                double holes =
                        part.holes().stream().mapToDouble(hole -> new Polygon(hole).area()).sum();
                var again = RegionSets.union(part, new Box(0, 0, 0, 0));
                assertThat(again.area()).isCloseTo(whole - holes, within(1e-6));
            }
        }
    }

    @Test
    void anOutlineOfManyPointsIsThinnedQuicklyAndStaysValid() {
        var random = new Random(2);
        var mask = Mask.empty(new Size(1500, 1200));
        for (int i = 0; i < 150; i++) {
            var centre = new Point(random.nextInt(1500), random.nextInt(1200));
            mask = mask.painted(List.of(centre), 5 + random.nextInt(50));
        }
        var outline = mask.outline();
        assertThat(Vertices.count(outline)).isGreaterThan(10_000);
        long start = System.nanoTime();

        var simple = RegionSets.simplify(outline, 1);

        assertThat(System.nanoTime() - start).isLessThan(3_000_000_000L);
        assertThat(Vertices.count(simple)).isLessThan(Vertices.count(outline) / 5);
        var drawn = Mask.fromRegion(simple, mask.size());
        assertThat(drawn.iou(mask)).isGreaterThan(0.98);
        assertThat(RegionSets.union(simple, new Box(0, 0, 0, 0)).area())
                .isCloseTo(simple.area(), within(1e-6));
    }

    private static Mask blob(Random random) {
        var mask = Mask.empty(SIZE);
        for (int i = 0; i < 12; i++) {
            var centre = new Point(random.nextInt(120), random.nextInt(90));
            mask = mask.painted(List.of(centre), 4 + random.nextInt(14));
        }
        return mask.erased(List.of(new Point(60, 45), new Point(80, 50)), 6);
    }

    private static Polygon polygon(Random random, int points) {
        var ring = new ArrayList<Point>();
        for (int i = 0; i < points; i++) {
            ring.add(new Point(random.nextDouble() * 120, random.nextDouble() * 90));
        }
        return new Polygon(ring);
    }

    /// But for pixels whose centre lies on an edge within rounding.
    private static void assertAgrees(Mask expected, Region region) {
        var drawn = Mask.fromRegion(region, expected.size());
        assertThat(drawn.minus(expected).area() + expected.minus(drawn).area()).isLessThan(2);
    }
}
