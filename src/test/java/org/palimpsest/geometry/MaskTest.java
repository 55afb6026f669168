package org.palimpsest.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskTest {

    static Mask mask(String... rows) {
        return Mask.of(rows[0].length(), rows.length, (x, y) -> rows[y].charAt(x) == '#');
    }

    static Mask random(Random random, int width, int height) {
        double density = random.nextDouble();
        boolean blocks = random.nextBoolean();
        boolean[] bits = new boolean[width * height];
        if (!blocks) {
            for (int i = 0; i < bits.length; i++) {
                bits[i] = random.nextDouble() < density;
            }
        } else {
            for (int k = random.nextInt(8); k >= 0; k--) {
                int left = random.nextInt(width);
                int top = random.nextInt(height);
                int right = left + random.nextInt(width - left) + 1;
                int bottom = top + random.nextInt(height - top) + 1;
                boolean value = random.nextInt(3) > 0;
                for (int y = top; y < bottom; y++) {
                    Arrays.fill(bits, y * width + left, y * width + right, value);
                }
            }
        }
        return Mask.of(width, height, (x, y) -> bits[y * width + x]);
    }

    @Test
    void equalPixelsAreEqualMasks() {
        var a = mask("#..", ".##");
        assertThat(a).isEqualTo(mask("#..", ".##")).hasSameHashCodeAs(mask("#..", ".##"));
        assertThat(a).isNotEqualTo(mask("#..", ".#.")).isNotEqualTo(mask("#.", ".."));
        assertThat(a.toString()).isEqualTo("Mask[3x2, 3 pixels]");
    }

    @Test
    void outsideOfTheImageNoPixelIsSet() {
        var all = Mask.empty(new Size(3, 2)).complement();
        assertThat(all.pixelCount()).isEqualTo(6);
        assertThat(all.get(-1, 0)).isFalse();
        assertThat(all.get(3, 0)).isFalse();
        assertThat(all.get(0, 2)).isFalse();
        assertThat(all.get(2, 1)).isTrue();
    }

    @Test
    void operationsAgreeWithPixelByPixelLogic() {
        var random = new Random(1);
        for (int i = 0; i < 300; i++) {
            int width = 1 + random.nextInt(200);
            int height = 1 + random.nextInt(40);
            var a = random(random, width, height);
            var b = random(random, width, height);
            assertThat(a.union(b))
                    .isEqualTo(Mask.of(width, height, (x, y) -> a.get(x, y) || b.get(x, y)));
            assertThat(a.intersection(b))
                    .isEqualTo(Mask.of(width, height, (x, y) -> a.get(x, y) && b.get(x, y)));
            assertThat(a.minus(b))
                    .isEqualTo(Mask.of(width, height, (x, y) -> a.get(x, y) && !b.get(x, y)));
            assertThat(a.complement()).isEqualTo(Mask.of(width, height, (x, y) -> !a.get(x, y)));
            assertThat(a.complement().complement()).isEqualTo(a);
            assertThat(a.pixelCount() + a.complement().pixelCount())
                    .isEqualTo((long) width * height);
            assertThat(a.isEmpty()).isEqualTo(a.pixelCount() == 0);
        }
    }

    @Test
    void runLengthsOfBothOrdersGiveTheMaskBack() {
        var random = new Random(2);
        for (int i = 0; i < 300; i++) {
            int width = 1 + random.nextInt(150);
            int height = 1 + random.nextInt(150);
            var mask = random(random, width, height);
            assertThat(Mask.fromRowMajorRunLengths(width, height, mask.rowMajorRunLengths()))
                    .isEqualTo(mask);
            assertThat(Mask.fromRunLengths(width, height, mask.cocoRunLengths())).isEqualTo(mask);
            assertThat(Mask.fromCocoCompressed(mask.size(), mask.cocoCompressed())).isEqualTo(mask);
        }
    }

    @Test
    void rowMajorRunsStartWithZeros() {
        assertThat(mask("##.", ".##").rowMajorRunLengths()).containsExactly(0, 2, 2, 2);
        assertThat(mask("##.", ".##").cocoRunLengths()).containsExactly(0, 1, 1, 2, 1, 1);
    }

    @Test
    void runsAreHandedOverInReadingOrder() {
        var runs = new ArrayList<List<Integer>>();
        mask("##.#", "....", "####").forEachRun((y, from, to) -> runs.add(List.of(y, from, to)));
        assertThat(runs).containsExactly(List.of(0, 0, 2), List.of(0, 3, 4), List.of(2, 0, 4));
    }

    @Test
    void masksOfDifferentSizesDoNotMix() {
        var a = Mask.empty(new Size(3, 2));
        var b = Mask.empty(new Size(2, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> a.union(b))
                .withMessage("Masks of different sizes: 3x2 and 2x3");
        assertThatIllegalArgumentException().isThrownBy(() -> a.iou(b));
        assertThatIllegalArgumentException().isThrownBy(() -> Mask.fromRegion(a, new Size(2, 3)));
    }

    @Test
    void emptyMasksHaveNoBoundsAndNoIou() {
        var empty = Mask.empty(new Size(70, 4));
        assertThat(empty.bounds()).isEqualTo(new Box(0, 0, 0, 0));
        assertThat(empty.iou(empty)).isZero();
        assertThat(Mask.empty(new Size(0, 0)).cocoRunLengths()).containsExactly(0);
    }

    @Test
    void aMaskTooLargeForMemoryIsRefusedBeforeItIsMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mask.empty(new Size(Integer.MAX_VALUE, Integer.MAX_VALUE)))
                .withMessageContaining("Mask too large");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mask.empty(new Size(1, 1 << 28)))
                .withMessageContaining("Mask too large");
    }
}
