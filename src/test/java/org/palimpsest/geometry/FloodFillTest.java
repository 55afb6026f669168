package org.palimpsest.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FloodFillTest {
    @Test
    void fillsWhatHangsTogetherBySidesAndIsOfTheColor() {
        assertThat(fill(0, 0, 0, "aab", "baa", "aba"))
                .isEqualTo(MaskTest.mask("##.", ".##", "..#"));
    }

    @Test
    void aToleranceLetsNeighbouringColorsIn() {
        assertThat(fill(1, 0, 0, "abc", "bcd")).isEqualTo(MaskTest.mask("##.", "#.."));
    }

    @Test
    void everyChannelCounts() {
        PixelColors colors = (x, y) -> x == 0 ? 0x101010 : x == 1 ? 0x101018 : 0x201010;

        assertThat(FloodFill.fill(colors, new Size(3, 1), new Box(0, 0, 3, 1), 0, 0, 8))
                .isEqualTo(MaskTest.mask("##."));
    }

    @Test
    void nothingBeyondTheBoundsIsFilledOrAskedFor() {
        PixelColors colors =
                (x, y) -> {
                    assertThat(x >= 2 && x < 5 && y >= 1 && y < 4).isTrue();
                    return 0;
                };

        assertThat(FloodFill.fill(colors, new Size(9, 9), new Box(2, 1, 5, 4), 3, 2, 0).bounds())
                .isEqualTo(new Box(2, 1, 5, 4));
    }

    @Test
    void aPixelOutsideOfTheImageFillsNothing() {
        assertThat(fill(0, 7, 0, "aa", "aa").isEmpty()).isTrue();
    }

    @Test
    void agreesWithAFillPixelByPixel() {
        var random = new Random(4);
        for (int round = 0; round < 50; round++) {
            var mask = Mask.of(70, 40, (x, y) -> random.nextInt(5) < 3);
            int x = random.nextInt(70);
            int y = random.nextInt(40);
            PixelColors colors = (column, row) -> mask.get(column, row) ? 200 : 10;

            assertThat(FloodFill.fill(colors, mask.size(), mask.size().toBox(), x, y, 30))
                    .isEqualTo(slowFill(mask, x, y));
        }
    }

    private static Mask slowFill(Mask mask, int startX, int startY) {
        boolean wanted = mask.get(startX, startY);
        var seen = new boolean[mask.width() * mask.height()];
        var waiting = new ArrayDeque<int[]>();
        waiting.add(new int[] {startX, startY});
        while (!waiting.isEmpty()) {
            var at = waiting.remove();
            int x = at[0];
            int y = at[1];
            if (x < 0 || y < 0 || x >= mask.width() || y >= mask.height()) {
                continue;
            }
            if (seen[y * mask.width() + x] || mask.get(x, y) != wanted) {
                continue;
            }
            seen[y * mask.width() + x] = true;
            waiting.add(new int[] {x + 1, y});
            waiting.add(new int[] {x - 1, y});
            waiting.add(new int[] {x, y + 1});
            waiting.add(new int[] {x, y - 1});
        }
        return Mask.of(mask.width(), mask.height(), (x, y) -> seen[y * mask.width() + x]);
    }

    private static Mask fill(int tolerance, int x, int y, String... rows) {
        var size = new Size(rows[0].length(), rows.length);
        PixelColors colors = (column, row) -> rows[row].charAt(column);
        return FloodFill.fill(colors, size, size.toBox(), x, y, tolerance);
    }
}
