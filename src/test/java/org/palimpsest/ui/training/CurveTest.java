package org.palimpsest.ui.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.palimpsest.ui.training.Curve.Point;

final class CurveTest {

    @Test
    void fewPointsStayAsTheyAre() {
        var curve = new Curve();
        curve.add(1, 2.0);
        curve.add(2, Double.NaN);
        curve.add(3, 1.0);
        assertThat(curve.points()).containsExactly(new Point(1, 2), new Point(3, 1));
    }

    @Test
    void aLongRunHasABoundedNumberOfPointsThatKeepItsShape() {
        var curve = new Curve();
        for (int step = 1; step <= 100_000; step++) {
            curve.add(step, step / 1000.0);
        }
        assertThat(curve.points()).hasSizeBetween(150, 401);
        assertThat(curve.points())
                .allSatisfy(point ->
                        assertThat(point.value())
                                .isBetween(point.step() / 1000 - 1e-6, point.step() / 1000 + 1e-6));
        assertThat(curve.points().getLast().step()).isGreaterThan(99_000);
    }
}
