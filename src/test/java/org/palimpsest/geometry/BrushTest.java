package org.palimpsest.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BrushTest {
    private static final Size SIZE = new Size(100, 80);

    @Test
    void aDotPaintsThePixelsWhoseCentreIsWithinTheRadius() {
        assertThat(Mask.empty(new Size(4, 4)).painted(List.of(new Point(2, 2)), 1.6))
                .isEqualTo(MaskTest.mask(".##.", "####", "####", ".##."));
    }

    @Test
    void everyPixelNearTheWayIsPaintedAndNoOther() {
        var random = new Random(1);
        for (int round = 0; round < 100; round++) {
            double radius = 0.5 + random.nextDouble() * 12;
            var path = new ArrayList<Point>();
            for (int i = 0; i <= random.nextInt(5); i++) {
                path.add(new Point(random.nextDouble() * 140 - 20, random.nextDouble() * 120 - 20));
            }
            var expected =
                    Mask.of(
                            SIZE.width(),
                            SIZE.height(),
                            (x, y) -> distance(path, new Point(x + 0.5, y + 0.5)) <= radius);

            assertThat(Mask.empty(SIZE).painted(path, radius))
                    .as("round %d", round)
                    .isEqualTo(expected);
            assertThat(Mask.empty(SIZE).complement().erased(path, radius))
                    .isEqualTo(expected.complement());
        }
    }

    @Test
    void aStrokeOnALargeImageTakesMoments() {
        var mask = Mask.empty(new Size(20_000, 10_000));
        long start = System.nanoTime();

        var painted = mask.painted(List.of(new Point(5000, 5000), new Point(5400, 5200)), 20);

        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
        assertThat(painted.pixelCount()).isBetween(19_000L, 19_300L);
        assertThat(mask.isEmpty()).isTrue();
    }

    @Test
    void aBrushNeedsARadius() {
        assertThatThrownBy(() -> Mask.empty(SIZE).painted(List.of(new Point(1, 1)), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double distance(List<Point> path, Point point) {
        double nearest = Double.MAX_VALUE;
        for (int i = 0; i < path.size(); i++) {
            var at = Rings.nearestOnLine(path.get(Math.max(0, i - 1)), path.get(i), point);
            nearest = Math.min(nearest, at.distanceTo(point));
        }
        return nearest;
    }
}
