package org.palimpsest.format.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.palimpsest.format.FindingList;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Size;

class ShapesTest {
    private static final Size IMAGE = new Size(70, 40);

    @Test
    void whatIsCutFromAMaskAndPutBackIsTheMask() {
        var random = new Random(3);
        for (int i = 0; i < 100; i++) {
            int left = random.nextInt(60);
            int top = random.nextInt(35);
            var mask =
                    Mask.of(
                            70,
                            40,
                            (x, y) ->
                                    x >= left && y >= top && random.nextInt(3) == 0
                                            || x == left && y == top);
            var bounds = mask.bounds();
            assertThat(
                            Shapes.place(
                                    Shapes.crop(mask),
                                    (int) bounds.xMin(),
                                    (int) bounds.yMin(),
                                    IMAGE))
                    .isEqualTo(mask);
        }
    }

    @Test
    void whatReachesOverTheEdgeIsCut() {
        var full = Mask.of(10, 10, (_, _) -> true);
        assertThat(Shapes.place(full, -4, 35, IMAGE))
                .isEqualTo(Mask.of(70, 40, (x, y) -> x < 6 && y >= 35));
        assertThat(Shapes.place(full, 65, -5, IMAGE))
                .isEqualTo(Mask.of(70, 40, (x, y) -> x >= 65 && y < 5));
        assertThat(Shapes.place(full, Integer.MAX_VALUE, Integer.MIN_VALUE, IMAGE).isEmpty())
                .isTrue();
    }

    @Test
    void boxesAreClippedWithAWord() {
        var findings = new FindingList();
        assertThat(Shapes.clip(new Box(1, 2, 3, 4), IMAGE, "a", findings))
                .contains(new Box(1, 2, 3, 4));
        assertThat(Shapes.clip(new Box(-0.01, 2, 3, 4), IMAGE, "a", findings))
                .contains(new Box(0, 2, 3, 4));
        assertThat(findings.kept()).isEmpty();
        assertThat(Shapes.clip(new Box(-1, 2, 3, 44), IMAGE, "a", findings))
                .contains(new Box(0, 2, 3, 40));
        assertThat(Shapes.clip(new Box(1, 2, 1, 4), IMAGE, "b", findings)).isEmpty();
        assertThat(Shapes.clip(new Box(71, 2, 74, 4), IMAGE, "c", findings)).isEmpty();
        assertThat(findings.kept())
                .extracting(Object::toString)
                .containsExactly(
                        "a: the box reaches over the edge of the image and is cut: -1,2 3,44",
                        "b: the box is empty or outside of the image: 1,2 1,4",
                        "c: the box is empty or outside of the image: 71,2 74,4");
    }

    @Test
    void aQuarterTurnIsClockwise() {
        var turned = Shapes.turned(new Box(10, 10, 14, 12), new Point(10, 10), 90);
        assertThat(turned.exterior().get(1).x()).isCloseTo(10, within(1e-12));
        assertThat(turned.exterior().get(1).y()).isCloseTo(14, within(1e-12));
    }

    @Test
    void onlyPolygonsHaveHoles() {
        var ring = Shapes.polygon(new Box(0, 0, 9, 9)).exterior();
        var hole = Shapes.polygon(new Box(2, 2, 4, 4)).exterior();
        assertThat(Shapes.hasHoles(new Polygon(ring))).isFalse();
        assertThat(Shapes.hasHoles(new Polygon(ring, List.of(hole)))).isTrue();
        assertThat(Shapes.hasHoles(Mask.empty(IMAGE))).isFalse();
    }

    @Test
    void numbersAreWrittenPlainly() {
        assertThat(Decimals.text(1e-9, 6)).isEqualTo("0");
        assertThat(Decimals.text(-1e-9, 6)).isEqualTo("0");
        assertThat(Decimals.text(12000000, 2)).isEqualTo("12000000");
        assertThat(Decimals.text(0.25, 6)).isEqualTo("0.25");
        assertThat(Decimals.text(1.0 / 3, 4)).isEqualTo("0.3333");
        assertThat(Decimals.parse(" 1.5e3 ")).isEqualTo(1500);
        for (var text : List.of("", "NaN", "Infinity", "1e999", "0x1p3", "1f", "1,5", "--1")) {
            assertThat(Decimals.parse(text)).isNaN();
        }
    }

    @Test
    void namesAreMadeFitForLabels() {
        assertThat(Names.label(" a\tb\n")).contains("a b");
        assertThat(Names.label(" \n")).isEmpty();
        assertThat(Names.label("x".repeat(201))).isEmpty();
    }
}
