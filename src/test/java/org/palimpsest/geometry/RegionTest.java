package org.palimpsest.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegionTest {

    @Test
    void boxesRefuseCornersOutOfOrderAndWhatIsNoNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Box(3, 0, 2, 1))
                .withMessage("Box corners out of order: 3.0,0.0 2.0,1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Box(0, 3, 1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Box(Double.NaN, 0, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Box(0, 0, Double.POSITIVE_INFINITY, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Point(0, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Size(-1, 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Polygon(List.of(new Point(0, 0), new Point(1, 1))));
    }

    @Test
    void equalPlacesAreEqualValues() {
        assertThat(new Point(-0.0, 1)).isEqualTo(new Point(0.0, 1));
        assertThat(new Box(-0.0, 0, 1, 1)).isEqualTo(new Box(0, -0.0, 1, 1));
    }

    @Test
    void boxesOverlapAsTheirAreasSay() {
        var a = new Box(0, 0, 4, 4);
        assertThat(a.iou(new Box(2, 2, 6, 6))).isEqualTo(4.0 / 28);
        assertThat(a.iou(a)).isEqualTo(1);
        assertThat(a.iou(new Box(4, 0, 8, 4))).isZero();
        assertThat(a.intersection(new Box(4, 0, 8, 4))).isEmpty();
        assertThat(a.intersection(new Box(1, 2, 9, 3))).hasValue(new Box(1, 2, 4, 3));
        assertThat(a.enclosing(new Box(6, 1, 7, 2))).isEqualTo(new Box(0, 0, 7, 4));
        assertThat(new Box(1, 1, 1, 1).iou(new Box(1, 1, 1, 1))).isZero();
    }

    @Test
    void boxesMoveScaleAndStayInTheImage() {
        var box = Box.between(new Point(8, 1), new Point(2, 5));
        assertThat(box).isEqualTo(new Box(2, 1, 8, 5));
        assertThat(box.translate(-3, 1)).isEqualTo(new Box(-1, 2, 5, 6));
        assertThat(box.scale(0.5, 2)).isEqualTo(new Box(1, 2, 4, 10));
        assertThat(box.clampTo(new Size(6, 4))).isEqualTo(new Box(2, 1, 6, 4));
        assertThat(new Box(9, 9, 12, 12).clampTo(new Size(6, 4))).isEqualTo(new Box(6, 4, 6, 4));
        assertThat(box.center()).isEqualTo(new Point(5, 3));
        assertThat(box.contains(new Point(2, 1))).isTrue();
        assertThat(box.contains(new Point(8, 1))).isFalse();
    }

    @Test
    void aPixelIsInABoxWhenItsCentreIs() {
        assertThat(Mask.fromRegion(new Box(0.5, 0.6, 2.5, 2), new Size(4, 3)))
                .isEqualTo(MaskTest.mask("....", "##..", "...."));
    }

    @Test
    void regionsThatLeaveTheImageAreCut() {
        var size = new Size(4, 3);
        assertThat(Mask.fromRegion(new Box(-1e300, -5, 1e300, 2), size).area()).isEqualTo(8);
        var triangle = List.of(new Point(-1e9, -5), new Point(1e9, -5), new Point(2, 1e9));
        assertThat(Mask.fromRegion(new Polygon(triangle), size).area()).isEqualTo(12);
    }

    @Test
    void polygonsAreDrawnByThePixelCentreRule() {
        var random = new Random(6);
        for (int i = 0; i < 400; i++) {
            var size = new Size(1 + random.nextInt(100), 1 + random.nextInt(30));
            var polygon =
                    new Polygon(
                            ring(random, size),
                            random.nextBoolean() ? List.of() : List.of(ring(random, size)));
            var expected =
                    Mask.of(
                            size.width(),
                            size.height(),
                            (x, y) ->
                                    inside(polygon.exterior(), x + 0.5, y + 0.5)
                                            && polygon.holes().stream()
                                                    .noneMatch(hole ->
                                                            inside(hole, x + 0.5, y + 0.5)));
            assertThat(Mask.fromRegion(polygon, size)).isEqualTo(expected);
        }
    }

    @Test
    void partsOfAMultiPolygonAreUnited() {
        var size = new Size(8, 8);
        var frame = new Polygon(square(0, 0, 8), List.of(square(2, 2, 4)));
        var island = new Polygon(square(3, 3, 2));
        var both = Mask.fromRegion(new MultiPolygon(List.of(island, frame)), size);
        assertThat(both).isEqualTo(Mask.fromRegion(new MultiPolygon(List.of(frame, island)), size));
        assertThat(both.area()).isEqualTo(64 - 16 + 4);
        assertThat(frame.area()).isEqualTo(48);
    }

    @Test
    void neighboursThatShareAnEdgeShareNoPixel() {
        var random = new Random(8);
        var size = new Size(60, 60);
        for (int i = 0; i < 100; i++) {
            var a = point(random, size);
            var b = point(random, size);
            // The same edge once downwards, once upwards, with the rest of the image on either
            // side.
            double dx = (b.x() - a.x()) * 100;
            double dy = (b.y() - a.y()) * 100;
            var left =
                    new Polygon(
                            List.of(
                                    a,
                                    b,
                                    new Point(b.x() - dy, b.y() + dx),
                                    new Point(a.x() - dy, a.y() + dx)));
            var right =
                    new Polygon(
                            List.of(
                                    b,
                                    a,
                                    new Point(a.x() + dy, a.y() - dx),
                                    new Point(b.x() + dy, b.y() - dx)));
            assertThat(
                            Mask.fromRegion(left, size)
                                    .intersection(Mask.fromRegion(right, size))
                                    .isEmpty())
                    .isTrue();
        }
    }

    @Test
    void iouOfDifferentKindsIsThatOfTheirPixels() {
        var size = new Size(10, 10);
        var box = new Box(0, 0, 4, 4);
        var polygon = new Polygon(square(2, 2, 4));
        assertThat(box.iou(polygon, size)).isEqualTo(4.0 / 28);
        assertThat(polygon.iou(Mask.fromRegion(box, size), size)).isEqualTo(4.0 / 28);
        assertThat(((Region) box).iou(new Box(0.5, 0, 4.5, 4), size))
                .isCloseTo(14.0 / 18, within(1e-12));
    }

    @Test
    void polygonsMoveAndScaleWithTheirHoles() {
        var polygon = new Polygon(square(0, 0, 8), List.of(square(2, 2, 4)));
        assertThat(polygon.translate(1, 2).bounds()).isEqualTo(new Box(1, 2, 9, 10));
        assertThat(polygon.scale(2, 0.5).area()).isEqualTo(48);
        var many = new MultiPolygon(List.of(polygon));
        assertThat(many.translate(1, 2).polygons()).containsExactly(polygon.translate(1, 2));
        assertThat(many.scale(2, 0.5).area()).isEqualTo(48);
    }

    private static List<Point> square(double x, double y, double side) {
        return List.of(
                new Point(x, y),
                new Point(x + side, y),
                new Point(x + side, y + side),
                new Point(x, y + side));
    }

    private static Point point(Random random, Size size) {
        return new Point(
                random.nextDouble(-5, size.width() + 5), random.nextDouble(-5, size.height() + 5));
    }

    private static List<Point> ring(Random random, Size size) {
        var points = new ArrayList<Point>();
        for (int i = 3 + random.nextInt(8); i > 0; i--) {
            var point = point(random, size);
            // Whole and half coordinates are where rules of closed and open sides show.
            points.add(
                    random.nextBoolean()
                            ? point
                            : new Point(
                                    Math.rint(point.x() * 2) / 2, Math.rint(point.y() * 2) / 2));
        }
        return points;
    }

    /// The crossing test, point by point, with the same arithmetic for a crossing as the drawing.
    private static boolean inside(List<Point> ring, double x, double y) {
        boolean inside = false;
        var a = ring.getLast();
        for (var b : ring) {
            var upper = a.y() <= b.y() ? a : b;
            var lower = a.y() <= b.y() ? b : a;
            if (upper.y() <= y && y < lower.y()) {
                double slope = (lower.x() - upper.x()) / (lower.y() - upper.y());
                inside ^= x >= upper.x() + (y - upper.y()) * slope;
            }
            a = b;
        }
        return inside;
    }
}
