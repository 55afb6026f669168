package org.palimpsest.ui.canvas.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Size;

/// Point, measure, ask about a region, simplify.
final class SmallToolsTest {
    private final FixedScene scene = new FixedScene();

    @Test
    void aPointIsTheBoxOfItsPixelWithAnAttribute() {
        var hand = new ToolHand(new PointTool(), scene);
        hand.press(30.7, 40.2);
        hand.drag(31.7, 40.2);
        hand.release(31.7, 40.2);
        hand.click(900, -5);

        assertThat(scene.image().objects())
                .extracting(object -> object.region())
                .containsExactly(new Box(31, 40, 32, 41), new Box(199, 0, 200, 1));
        assertThat(scene.image().objects())
                .allMatch(PointTool::isPoint)
                .allMatch(object -> object.attributes().equals(Map.of("point", "true")));
    }

    @Test
    void aDragMeasuresLengthAndAngleAndKeepsNothing() {
        var hand = new ToolHand(new MeasureTool(), scene);
        hand.press(10, 50);
        hand.drag(13, 46);
        var shown = ToolHand.shown(hand.release(40, 10));

        assertThat(shown.path()).containsExactly(new Point(10, 50), new Point(40, 10));
        assertThat(shown.note())
                .contains(new Preview.Note.Length(50, Math.toDegrees(Math.atan2(40, 30))));
        assertThat(hand.move(70, 70)).isEqualTo(new ToolEffect.Cursor(CursorKind.CROSSHAIR));
        assertThat(scene.image().objects()).isEmpty();
    }

    @Test
    void twoClicksMeasureAndShiftHoldsToFifteenDegrees() {
        var hand = new ToolHand(new MeasureTool(), scene);
        hand.click(10, 10);
        assertThat(ToolHand.shown(hand.move(20, 10)).note())
                .contains(new Preview.Note.Length(10, 0));
        hand.press(10, 22, Modifiers.SHIFT);
        var shown = ToolHand.shown(hand.release(11, 22, Modifiers.SHIFT));

        var length = (Preview.Note.Length) shown.note().orElseThrow();
        assertThat(length.degrees()).isEqualTo(270);
        assertThat(shown.path().getLast().x()).isCloseTo(10, within());
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-9);
    }

    @Test
    void aMarkedRegionIsAskedAboutAndShownAsAFrame() {
        var hand = new ToolHand(new AskRegionTool(), scene);
        hand.press(20, 20);
        assertThat(ToolHand.shown(hand.drag(80, 60)).frame()).contains(new Box(20, 20, 80, 60));

        assertThat(hand.release(80, 60))
                .isEqualTo(new ToolEffect.AskRegion(new Box(20, 20, 80, 60)));
        hand.press(20, 20);
        hand.drag(80, 20);
        assertThat(hand.release(80, 20)).isEqualTo(ToolEffect.DISCARD);
    }

    @Test
    void simplifyingShowsWhatWouldBeLeftAndEnterAppliesIt() {
        var hand = new ToolHand(new SimplifyTool(), scene);
        var square =
                new Polygon(
                        List.of(
                                new Point(20, 20),
                                new Point(50, 23),
                                new Point(80, 20),
                                new Point(80, 80),
                                new Point(20, 80)));
        var object = scene.add("square", square);
        hand.click(40, 40);

        var fine = ToolHand.shown(hand.key(ToolKey.SMALLER));
        assertThat(fine.note()).contains(new Preview.Note.Vertices(5, 5));
        hand.press(40, 40);
        var coarse = ToolHand.shown(hand.drag(90, 40));
        hand.release(90, 40);
        assertThat(coarse.note()).contains(new Preview.Note.Vertices(5, 4));
        assertThat(coarse.reshaped()).containsKey(object.id());
        hand.key(ToolKey.CONFIRM);

        assertThat(scene.image().objects().getFirst().region().area()).isEqualTo(3600);
    }

    @Test
    void aMaskBecomesAnOutlineOfFewVertices() {
        var hand = new ToolHand(new SimplifyTool(), scene);
        var disc = Mask.empty(new Size(200, 100)).painted(List.of(new Point(60, 50)), 30);
        scene.select(scene.add("disc", disc));
        hand.key(ToolKey.CONFIRM);

        var polygon = (Polygon) scene.image().objects().getFirst().region();
        assertThat(polygon.exterior().size()).isBetween(8, 40);
        assertThat(polygon.area()).isBetween(0.95 * disc.area(), 1.05 * disc.area());
    }

    @Test
    void simplifyNeedsAnOutlineThatIsNotLocked() {
        var hand = new ToolHand(new SimplifyTool(), scene);
        scene.select(scene.add("box", new Box(20, 20, 60, 60)));
        assertThat(hand.press(40, 40)).isEqualTo(new ToolEffect.Refuse(Hint.NO_POLYGON));

        var locked = scene.add("parts", new MultiPolygon(List.of(triangle(), triangle())));
        scene.select(locked);
        scene.lock(locked);
        assertThat(hand.key(ToolKey.CONFIRM)).isEqualTo(new ToolEffect.Refuse(Hint.LOCKED));
    }

    @Test
    void aMaskOfThousandsOfSpecksIsNoOutline() {
        var hand = new ToolHand(new SimplifyTool(), scene);
        var specks = Mask.of(200, 100, (x, y) -> x % 3 == 0 && y % 3 == 0);
        scene.select(scene.add("specks", specks));

        assertThat(hand.press(40, 40)).isEqualTo(new ToolEffect.Refuse(Hint.TOO_DETAILED));
        assertThat(ShapeOperations.convert(ShapeOperations.Form.POLYGON, scene))
                .isEqualTo(new ToolEffect.Refuse(Hint.TOO_DETAILED));
    }

    private static Polygon triangle() {
        return new Polygon(List.of(new Point(100, 20), new Point(150, 20), new Point(120, 70)));
    }
}
