package org.palimpsest.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;

class OverlayPainterTest {
    private static final int ORANGE = OverlayColors.at(0);
    private final Picture picture = new Picture(200, 160, new byte[200 * 160 * 3]);

    @Test
    void aBoxIsDrawnOnItsEdgeAndNowhereElse() {
        var shape = new OverlayShape("", ORANGE, new Box(40, 50, 140, 120), null);
        var painted = OverlayPainter.paint(picture, List.of(shape));
        assertEquals(picture.size(), painted.size());
        assertEquals(ORANGE, painted.rgb(90, 50));
        assertEquals(ORANGE, painted.rgb(40, 80));
        assertEquals(0, painted.rgb(90, 80));
        assertEquals(0, painted.rgb(10, 10));
        assertEquals(0, picture.rgb(90, 50), "the picture itself is not painted on");
    }

    @Test
    void aMaskIsTranslucentInsideAndSolidAtItsEdge() {
        var mask = Mask.of(200, 160, (x, y) -> x >= 60 && x < 100 && y >= 60 && y < 100);
        var shape = new OverlayShape("", 0xFFFFFF, new Box(60, 60, 100, 100), mask);
        var painted = OverlayPainter.paint(picture, List.of(shape));
        int inside = painted.rgb(80, 80) & 0xFF;
        assertThat(inside).isBetween(90, 130);
        assertEquals(0, painted.rgb(120, 120));
    }

    @Test
    void tagsOfTheSameBoxDoNotLieOnEachOther() {
        var box = new Box(40, 50, 140, 120);
        var one = new OverlayShape("circle", ORANGE, box, null);
        var other = new OverlayShape("square", OverlayColors.at(1), box, null);
        var alone = OverlayPainter.paint(picture, List.of(one));
        var both = OverlayPainter.paint(picture, List.of(one, other));
        // The first tag stands above the box and stays whole.
        for (int y = 32; y < 46; y++) {
            for (int x = 42; x < 60; x++) {
                assertEquals(alone.rgb(x, y), both.rgb(x, y));
            }
        }
        assertNotEquals(alone.rgb(45, 60), both.rgb(45, 60));
    }

    @Test
    void boxesAtAndOverTheEdgeAreStillSeen() {
        var shapes =
                List.of(
                        new OverlayShape(
                                "a long label at the corner",
                                ORANGE,
                                new Box(0, 0, 200, 160),
                                null),
                        new OverlayShape("x", ORANGE, new Box(190, 150, 300, 300), null),
                        new OverlayShape("y", ORANGE, new Box(-50, -50, -10, -10), null));
        var painted = OverlayPainter.paint(picture, shapes);
        assertEquals(ORANGE, painted.rgb(0, 100));
        assertEquals(ORANGE, painted.rgb(199, 40));
    }

    @Test
    void aMagnifiedOverlayHasItsShapesAtTheSamePlaces() {
        var mask = Mask.of(200, 160, (x, y) -> x < 100);
        var shape = new OverlayShape("half", ORANGE, new Box(0, 0, 100, 160), mask);
        var painted = OverlayPainter.paint(picture, List.of(shape), 3);
        assertEquals(new Size(600, 480), painted.size());
        assertEquals(ORANGE, painted.rgb(299, 300));
        assertEquals(0, painted.rgb(305, 300));
    }

    @Test
    void nothingToPaintLeavesThePictureAsItIs() {
        assertArrayEquals(picture.rgb(), OverlayPainter.paint(picture, List.of()).rgb());
        var mask = Mask.of(20, 16, (_, _) -> true);
        var shape = new OverlayShape("", ORANGE, new Box(0, 0, 1, 1), mask);
        assertThatThrownBy(() -> OverlayPainter.paint(picture, List.of(shape)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20x16");
    }

    @Test
    void everyLabelHasAColourOfItsOwnAndTextThatCanBeReadOnIt() {
        var colors = new OverlayColors();
        assertEquals(colors.of("cat"), colors.of("cat"));
        assertNotEquals(colors.of("cat"), colors.of("dog"));
        assertEquals(0x000000, OverlayColors.textOn(0xF0E442));
        assertEquals(0xFFFFFF, OverlayColors.textOn(0x0072B2));
    }
}
