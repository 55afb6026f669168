package org.palimpsest.ui.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Size;

final class ViewportTest {
    private static final Size IMAGE = new Size(400, 200);

    @Test
    void fitShowsTheWholeImageInTheMiddleWithAMargin() {
        var view = Viewport.fit(IMAGE, 848, 648, 24);

        assertThat(view).isEqualTo(new Viewport(2, 24, 124));
    }

    @Test
    void fitEnlargesATinyImageEightTimesAtMost() {
        assertThat(Viewport.fit(new Size(10, 10), 1000, 1000, 24).scale()).isEqualTo(8);
    }

    @Test
    void fitHoldsInAPlaceSmallerThanItsMargin() {
        assertThat(Viewport.fit(IMAGE, 10, 10, 24).scale()).isPositive();
    }

    @Test
    void zoomKeepsThePointUnderThePointer() {
        var view = new Viewport(1.3, -40, 25);
        var before = view.toImage(333, 222);

        var zoomed = view.zoomAt(333, 222, 2.7);

        var after = zoomed.toImage(333, 222);
        assertThat(zoomed.scale()).isCloseTo(3.51, within(1e-9));
        assertThat(after.x()).isCloseTo(before.x(), within(1e-9));
        assertThat(after.y()).isCloseTo(before.y(), within(1e-9));
    }

    @Test
    void zoomStopsAtItsLimitsWithoutMovingTheImage() {
        var view = new Viewport(Viewport.LARGEST_SCALE, 5, 6);

        assertThat(view.zoomAt(100, 100, 10)).isEqualTo(view);
    }

    @Test
    void screenAndImageAreEachOthersInverse() {
        var view = new Viewport(2.5, 10, -20);
        var point = view.toImage(123, 456);

        assertThat(view.toScreenX(point.x())).isCloseTo(123, within(1e-9));
        assertThat(view.toScreenY(point.y())).isCloseTo(456, within(1e-9));
        assertThat(view.toImage(10, -20)).isEqualTo(new Point(0, 0));
    }

    @Test
    void visibleIsThePartOfTheImagePlaneOnTheScreen() {
        assertThat(new Viewport(2, 100, 0).visible(300, 200)).isEqualTo(new Box(-50, 0, 100, 100));
    }

    @Test
    void anImagePushedAwayStaysInSight() {
        var gone = new Viewport(1, 5000, -5000).keepInSight(IMAGE, 800, 600);

        assertThat(gone).isEqualTo(new Viewport(1, 752, -152));
    }

    @Test
    void aViewWithoutSizeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Viewport(0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Viewport(1, Double.NaN, 0));
    }
}
