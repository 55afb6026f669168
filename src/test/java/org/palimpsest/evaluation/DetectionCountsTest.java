package org.palimpsest.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;

class DetectionCountsTest {
    private static final double HALF = 0.5;

    @Test
    void aBoxCountsOnlyForAnObjectOfItsLabel() {
        var counts =
                DetectionCounts.of(
                        List.of(box("circle", 0, 10), box("star", 20, 30)),
                        List.of(box("circle", 0, 10), box("moon", 20, 30)),
                        HALF);
        assertEquals(new DetectionCounts(1, 2, 2, 1), counts);
        assertEquals(0.5, counts.precision());
        assertEquals(0.5, counts.recall());
        assertEquals(0.5, counts.f1());
    }

    @Test
    void oneObjectIsFoundOnceHoweverManyBoxesClaimIt() {
        var counts =
                DetectionCounts.of(
                        List.of(box("circle", 0, 10), box("circle", 1, 10), box("circle", 0, 9)),
                        List.of(box("circle", 0, 10)),
                        HALF);
        assertEquals(new DetectionCounts(1, 3, 1, 1), counts);
        assertEquals(0.5, counts.f1());
    }

    @Test
    void theBestOverlapIsPairedFirst() {
        var predicted = List.of(box("circle", 2, 12), box("circle", 0, 10));
        var actual = List.of(box("circle", 0, 10), box("circle", 4, 14));
        assertEquals(
                List.of(new RegionMatch(1, 0, 1), new RegionMatch(0, 1, 80.0 / 120.0)),
                RegionMatcher.matchBoxes(predicted, actual, HALF));
    }

    @Test
    void overlapBelowTheThresholdIsNoMatch() {
        // Intersection 5 of 10, union 15.
        var counts =
                DetectionCounts.of(
                        List.of(box("circle", 5, 15)), List.of(box("circle", 0, 10)), HALF);
        assertEquals(new DetectionCounts(0, 1, 1, 0), counts);
        assertEquals(0, counts.f1());
    }

    @Test
    void nothingClaimedWhereNothingIsCountsAsRight() {
        assertEquals(1, DetectionCounts.NONE.f1());
        assertEquals(0, DetectionCounts.of(List.of(), List.of(box("circle", 0, 10)), HALF).f1());
    }

    @Test
    void countsOfImagesAddUp() {
        var sum = new DetectionCounts(1, 2, 3, 0.75).plus(new DetectionCounts(1, 1, 1, 0.25));
        assertEquals(new DetectionCounts(2, 3, 4, 1), sum);
        assertEquals(0.5, sum.meanIou());
    }

    @Test
    void moreMatchesThanObjectsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DetectionCounts(2, 2, 1, 2));
    }

    @Test
    void missedMaskCountsAsZero() {
        var left = mask(0, 5);
        var right = mask(5, 10);
        var counts =
                MaskCounts.of(
                        List.of(new LabeledRegion<>("circle", left)),
                        List.of(
                                new LabeledRegion<>("circle", left),
                                new LabeledRegion<>("star", right)));
        assertEquals(new MaskCounts(1, 2, 1), counts);
        assertEquals(0.5, counts.meanIou());
    }

    @Test
    void textIsComparedWithoutItsOuterAndRepeatedBlanks() {
        assertEquals(new TextCounts(1, 1), TextCounts.of(" a red  circle\n", "a red circle"));
        assertEquals(new TextCounts(0, 1), TextCounts.of("a red circle", "A red circle"));
        assertEquals(0.5, TextCounts.of("2", "2").plus(TextCounts.of("2", "3")).share());
    }

    private static LabeledRegion<Box> box(String label, double from, double to) {
        return new LabeledRegion<>(label, new Box(from, 0, to, 10));
    }

    private static Mask mask(int from, int to) {
        return Mask.of(10, 10, (x, y) -> x >= from && x < to);
    }
}
