package org.palimpsest.ui.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.ui.support.Samples;

final class ShapeIndexTest {
    private static final Size IMAGE = new Size(1000, 500);

    @Test
    void findsJustWhatTouchesAnAreaInDrawingOrder() {
        var random = new Random(7);
        var shapes = new ArrayList<ObjectAnnotation>();
        for (int i = 0; i < 2000; i++) {
            double x = random.nextDouble(-50, 1000);
            double y = random.nextDouble(-50, 500);
            var box = new Box(x, y, x + random.nextDouble(80), y + random.nextDouble(80));
            shapes.add(Samples.drawn("n" + i, box));
        }
        var index = ShapeIndex.of(shapes, IMAGE);

        for (int i = 0; i < 50; i++) {
            double x = random.nextDouble(-100, 1000);
            double y = random.nextDouble(-100, 500);
            var area = new Box(x, y, x + random.nextDouble(200), y + random.nextDouble(200));
            var found = new ArrayList<ObjectAnnotation>();
            index.forEachIn(area, found::add);

            assertThat(found)
                    .isEqualTo(
                            shapes.stream()
                                    .filter(shape -> touches((Box) shape.region(), area))
                                    .toList());
            assertThat(index.topmostFirst(area)).isEqualTo(found.reversed());
        }
    }

    @Test
    void anEmptyIndexFindsNothing() {
        assertThat(ShapeIndex.of(List.of(), IMAGE).topmostFirst(IMAGE.toBox())).isEmpty();
    }

    private static boolean touches(Box a, Box b) {
        return a.xMin() <= b.xMax()
                && b.xMin() <= a.xMax()
                && a.yMin() <= b.yMax()
                && b.yMin() <= a.yMax();
    }
}
