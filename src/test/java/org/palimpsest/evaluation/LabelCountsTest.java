package org.palimpsest.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;

class LabelCountsTest {
    private static final Box PLACE = new Box(0, 0, 10, 10);

    private static LabeledRegion<Box> object(String label, double x) {
        return new LabeledRegion<>(label, PLACE.translate(x, 0));
    }

    @Test
    void eachLabelIsCountedForItselfAndImagesAddUp() {
        var first =
                LabelCounts.of(
                        List.of(object("cat", 0), object("dog", 0)),
                        List.of(object("cat", 0), object("cat", 50)),
                        0.5);
        var second = LabelCounts.of(List.of(), List.of(object("bird", 0)), 0.5);
        var sum = first.plus(second);
        assertThat(sum)
                .isEqualTo(
                        new LabelCounts(
                                new TreeMap<>(
                                        Map.of(
                                                "cat", new DetectionCounts(1, 1, 2, 1),
                                                "dog", new DetectionCounts(0, 1, 0, 0),
                                                "bird", new DetectionCounts(0, 0, 1, 0)))));
        assertThat(sum.total()).isEqualTo(new DetectionCounts(1, 2, 3, 1));
        assertThat(sum.macroF1()).isEqualTo((2 / 3.0 + 0) / 2);
        assertThat(LabelCounts.NONE.macroF1()).isOne();
    }

    @Test
    void masksAreCountedByTheirPixels() {
        var size = new Size(20, 10);
        var left = new LabeledRegion<>("cat", Mask.fromRegion(new Box(0, 0, 10, 10), size));
        var upper = new LabeledRegion<>("cat", Mask.fromRegion(new Box(0, 0, 10, 6), size));
        assertThat(LabelCounts.ofMasks(List.of(upper), List.of(left), 0.5).byLabel())
                .isEqualTo(Map.of("cat", new DetectionCounts(1, 1, 1, 0.6)));
        assertThat(LabelCounts.ofMasks(List.of(upper), List.of(left), 0.7).byLabel())
                .isEqualTo(Map.of("cat", new DetectionCounts(0, 1, 1, 0)));
    }
}
