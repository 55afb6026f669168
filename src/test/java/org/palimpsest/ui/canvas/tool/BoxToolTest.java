package org.palimpsest.ui.canvas.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;

final class BoxToolTest {
    private final FixedScene scene = new FixedScene();
    private final BoxTool tool = new BoxTool();

    @Test
    void draggingFromCornerToCornerAddsABoxOfWholePixelsAndAsksForItsLabel() {
        press(10.4, 20.6);
        assertThat(drag(49.8, 60.2))
                .isEqualTo(new ToolEffect.Show(Preview.ofDrawn(new Box(10, 21, 50, 60))));
        var commit = (ToolEffect.Commit) release(49.8, 60.2);

        var added = added(commit);
        assertThat(added.region()).isEqualTo(new Box(10, 21, 50, 60));
        assertThat(commit.selection()).containsExactly(added.id());
        assertThat(commit.naming()).isTrue();
    }

    @Test
    void draggingUpAndToTheLeftGivesTheSameBox() {
        press(50, 60);
        drag(10, 21);

        assertThat(added((ToolEffect.Commit) release(10, 21)).region())
                .isEqualTo(new Box(10, 21, 50, 60));
    }

    @Test
    void twoClicksSetOppositeCorners() {
        press(10, 20);
        assertThat(release(10, 20)).isEqualTo(ToolEffect.NOTHING);
        assertThat(tool.moved(new Point(40, 50), scene))
                .isEqualTo(new ToolEffect.Show(Preview.ofDrawn(new Box(10, 20, 40, 50))));
        press(40, 50);

        assertThat(added((ToolEffect.Commit) release(40, 50)).region())
                .isEqualTo(new Box(10, 20, 40, 50));
    }

    @Test
    void aBoxEndsAtTheEdgeOfTheImage() {
        press(150, 80);
        drag(900, 900);

        assertThat(added((ToolEffect.Commit) release(900, 900)).region())
                .isEqualTo(new Box(150, 80, 200, 100));
    }

    @Test
    void shiftMakesItSquareAndKeepsItInTheImage() {
        press(10, 70);
        assertThat(tool.dragged(new Point(60, 75), Modifiers.SHIFT, scene))
                .isEqualTo(new ToolEffect.Show(Preview.ofDrawn(new Box(10, 70, 40, 100))));
    }

    @Test
    void aDragWithoutExtentAddsNothing() {
        press(10, 10);
        drag(80, 10.2);

        assertThat(release(80, 10.2)).isEqualTo(ToolEffect.DISCARD);
        assertThat(tool.moved(new Point(90, 90), scene))
                .isEqualTo(new ToolEffect.Cursor(CursorKind.CROSSHAIR));
    }

    @Test
    void cancelGivesTheBoxUpAndTheNextOneBeginsAnew() {
        press(10, 10);
        drag(50, 50);
        assertThat(tool.key(ToolKey.CANCEL, Modifiers.NONE, scene)).isEqualTo(ToolEffect.DISCARD);
        assertThat(drag(60, 60)).isEqualTo(ToolEffect.NOTHING);
        assertThat(release(60, 60)).isEqualTo(ToolEffect.NOTHING);
        press(100, 10);
        drag(120, 30);

        assertThat(added((ToolEffect.Commit) release(120, 30)).region())
                .isEqualTo(new Box(100, 10, 120, 30));
    }

    private void press(double x, double y) {
        tool.pressed(new Point(x, y), Modifiers.NONE, scene);
    }

    private ToolEffect drag(double x, double y) {
        return tool.dragged(new Point(x, y), Modifiers.NONE, scene);
    }

    private ToolEffect release(double x, double y) {
        return tool.released(new Point(x, y), Modifiers.NONE, scene);
    }

    private static ObjectAnnotation added(ToolEffect.Commit commit) {
        return (ObjectAnnotation) ((AddAnnotations) commit.edit()).added().getFirst().annotation();
    }
}
