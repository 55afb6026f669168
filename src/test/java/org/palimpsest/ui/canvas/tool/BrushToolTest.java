package org.palimpsest.ui.canvas.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Size;

final class BrushToolTest {
    private static final Size SIZE = new Size(200, 100);

    private final FixedScene scene = new FixedScene();
    private final ToolHand brush = new ToolHand(BrushTool.brush(), scene);
    private final ToolHand eraser = new ToolHand(BrushTool.eraser(), scene);

    private ObjectAnnotation only() {
        assertThat(scene.image().objects()).hasSize(1);
        return scene.image().objects().getFirst();
    }

    @Test
    void aStrokeMakesAMaskAndTheNextOneAddsToIt() {
        brush.press(20, 50);
        var shown = ToolHand.shown(brush.drag(60, 50));
        assertThat(shown.brush())
                .contains(
                        new Preview.Brush(
                                List.of(new Point(20, 50), new Point(60, 50)), 10, false));
        brush.release(60, 50);
        var first = Mask.empty(SIZE).painted(List.of(new Point(20, 50), new Point(60, 50)), 10);
        assertThat(only().region()).isEqualTo(first);
        assertThat(scene.selection()).containsExactly(only().id());

        brush.click(150, 50);
        assertThat(only().region()).isEqualTo(first.painted(List.of(new Point(150, 50)), 10));
    }

    @Test
    void theEraserAndTheBrushWithAltWipeAway() {
        brush.click(50, 50);
        eraser.click(55, 50);
        brush.click(45, 50, Modifiers.ALT);

        assertThat(only().region())
                .isEqualTo(
                        Mask.empty(SIZE)
                                .painted(List.of(new Point(50, 50)), 10)
                                .erased(List.of(new Point(55, 50)), 10)
                                .erased(List.of(new Point(45, 50)), 10));
    }

    @Test
    void aMaskThatIsWipedAwayWhollyIsGone() {
        brush.click(50, 50);
        eraser.click(50, 50);

        assertThat(scene.image().objects()).isEmpty();
    }

    @Test
    void boxesAreNotTurnedIntoMasks() {
        scene.select(scene.add("box", new Box(20, 20, 60, 60)));

        assertThat(eraser.press(40, 40)).isEqualTo(new ToolEffect.Refuse(Hint.NO_MASK));
        assertThat(eraser.drag(45, 40)).isEqualTo(ToolEffect.NOTHING);
        brush.click(40, 40);

        assertThat(scene.image().objects().getFirst().region()).isEqualTo(new Box(20, 20, 60, 60));
        assertThat(scene.image().objects().getLast().region()).isInstanceOf(Mask.class);
    }

    @Test
    void aLockedMaskIsNotPaintedOn() {
        brush.click(50, 50);
        scene.lock(only());

        assertThat(brush.press(60, 60)).isEqualTo(new ToolEffect.Refuse(Hint.LOCKED));
    }

    @Test
    void shiftGoesStraightFromTheEndOfTheLastStroke() {
        brush.click(20, 50);
        brush.click(120, 50, Modifiers.SHIFT);

        assertThat(only().region())
                .isEqualTo(
                        Mask.empty(SIZE)
                                .painted(List.of(new Point(20, 50), new Point(120, 50)), 10));
    }

    @Test
    void theSmallestBrushPaintsThePixelUnderThePointer() {
        scene.set(new ToolSettings(0.5, 0, true));
        brush.click(30.01, 40.99);

        assertThat(only().region()).isEqualTo(Mask.fromRegion(new Box(30, 40, 31, 41), SIZE));
    }

    @Test
    void cancelGivesTheStrokeUpAndThenBeginsAnotherObject() {
        brush.click(50, 50);
        brush.press(60, 50);
        assertThat(brush.key(ToolKey.CANCEL)).isEqualTo(ToolEffect.DISCARD);
        assertThat(brush.release(60, 50)).isEqualTo(ToolEffect.NOTHING);
        brush.key(ToolKey.CANCEL);
        brush.click(150, 50);

        assertThat(scene.image().objects()).hasSize(2);
    }

    @Test
    void theSizeGrowsByAQuarterInHalfPixelsAndHasEnds() {
        assertThat(ToolSettings.DEFAULT.larger().brushRadius()).isEqualTo(12.5);
        assertThat(new ToolSettings(1, 0, true).larger().brushRadius()).isEqualTo(1.5);
        assertThat(new ToolSettings(0.5, 0, true).smaller().brushRadius()).isEqualTo(0.5);
        assertThat(new ToolSettings(512, 0, true).larger().brushRadius()).isEqualTo(512);
    }
}
