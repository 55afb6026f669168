package org.palimpsest.ui.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
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

    @Test
    void afterAnyEditsItFindsTheSameAsOneThatIsMadeAnew() {
        var random = new Random(11);
        List<Annotation> annotations = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            annotations.add(any(random, i));
        }
        var index = ShapeIndex.of(List.copyOf(annotations), IMAGE);
        for (int step = 0; step < 200; step++) {
            var before = List.copyOf(annotations);
            int place = random.nextInt(annotations.size());
            switch (random.nextInt(5)) {
                case 0 -> annotations.add(place, any(random, step));
                case 1 -> annotations.remove(place);
                case 2 -> annotations.set(place, any(random, step));
                case 3 -> annotations.add(annotations.remove(place));
                default -> annotations.addAll(List.of(any(random, step), any(random, step)));
            }
            var after = List.copyOf(annotations);
            var change = index.next(after);
            index = change.index();

            assertThat(objects(change.gone())).containsAll(missing(before, after));
            assertThat(objects(change.come())).containsAll(missing(after, before));
            double x = random.nextDouble(-100, 1000);
            double y = random.nextDouble(-100, 500);
            var area = new Box(x, y, x + random.nextDouble(300), y + random.nextDouble(300));
            var anew = ShapeIndex.of(after, IMAGE);
            assertThat(objects(index.shapesIn(area))).isEqualTo(objects(anew.shapesIn(area)));
            assertThat(objects(index.shapesIn(IMAGE.toBox())))
                    .isEqualTo(objects(anew.shapesIn(IMAGE.toBox())));
            assertThat(index.size()).isEqualTo(anew.size());
            int found = index.shapesIn(area).size();
            assertThat(index.hasMoreThan(found, area)).isFalse();
            assertThat(index.hasMoreThan(found - 1, area)).isEqualTo(found > 0);
        }
    }

    @Test
    void betweenTheSameNeighboursThereIsRoomForManyShapes() {
        List<Annotation> annotations = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            annotations.add(Samples.drawn("n", new Box(i, i, i + 5, i + 5)));
        }
        var index = ShapeIndex.of(List.copyOf(annotations), IMAGE);
        for (int i = 0; i < 60; i++) {
            annotations.add(100, Samples.drawn("new" + i, new Box(10, 10, 400, 400)));
            index = index.next(List.copyOf(annotations)).index();
        }

        assertThat(objects(index.shapesIn(IMAGE.toBox()))).isEqualTo(annotations);
    }

    @Test
    void anEditOfATextChangesNoShape() {
        var box = Samples.drawn("n", new Box(1, 1, 5, 5));
        var text = TextAnnotation.of("caption en", "a", new Provenance.Drawn("ada", Samples.NOW));
        var index = ShapeIndex.of(List.of(text, box), IMAGE);

        var change = index.next(List.of(box));
        assertThat(change.gone()).isEmpty();
        assertThat(change.come()).isEmpty();
        assertThat(objects(change.index().shapesIn(IMAGE.toBox()))).containsExactly(box);
    }

    private static Annotation any(Random random, int name) {
        double x = random.nextDouble(-50, 1000);
        double y = random.nextDouble(-50, 500);
        double side = Math.pow(2, random.nextDouble(-2, 10));
        return Samples.drawn(
                "n" + name, new Box(x, y, x + side, y + side * random.nextDouble(0.2, 1)));
    }

    private static List<Annotation> objects(List<ShapeIndex.Shape> shapes) {
        return shapes.stream().<Annotation>map(ShapeIndex.Shape::object).toList();
    }

    private static List<Annotation> missing(List<Annotation> from, List<Annotation> in) {
        return from.stream().filter(annotation -> !in.contains(annotation)).toList();
    }

    private static boolean touches(Box a, Box b) {
        return a.xMin() <= b.xMax()
                && b.xMin() <= a.xMax()
                && a.yMin() <= b.yMax()
                && b.yMin() <= a.yMax();
    }
}
