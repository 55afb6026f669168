package org.palimpsest.ui.canvas.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;

final class DrawingOrderTest {
    private final FixedScene scene = new FixedScene();
    private final ObjectAnnotation a = scene.add("a", new Box(0, 0, 9, 9));
    private final ObjectAnnotation b = scene.add("b", new Box(0, 0, 9, 9));
    private final ObjectAnnotation c = scene.add("c", new Box(0, 0, 9, 9));
    private final ObjectAnnotation d = scene.add("d", new Box(0, 0, 9, 9));

    @Test
    void theSelectedObjectsGoToTheFrontInTheirOrderAndBack() {
        var before = scene.image();
        scene.select(a, c);
        var commit = (ToolEffect.Commit) scene.carryOut(DrawingOrder.toFront(scene));
        assertThat(scene.image().objects()).containsExactly(b, d, a, c);
        assertThat(scene.selection()).containsExactlyInAnyOrder(a.id(), c.id());
        assertThat(commit.edit().inverse().applyTo(scene.image())).isEqualTo(before);
        assertThat(DrawingOrder.toFront(scene)).isEqualTo(ToolEffect.NOTHING);
    }

    @Test
    void theSelectedObjectsGoToTheBack() {
        scene.select(d, b);
        scene.carryOut(DrawingOrder.toBack(scene));

        assertThat(scene.image().objects()).containsExactly(b, d, a, c);
    }

    @Test
    void stepsGoFromObjectToObjectAndLeaveHiddenOnesOut() {
        assertThat(DrawingOrder.step(1, scene)).contains(a.id());
        assertThat(DrawingOrder.step(-1, scene)).contains(d.id());
        scene.hide(c);
        scene.select(b);
        assertThat(DrawingOrder.step(1, scene)).contains(d.id());
        scene.select(d);
        assertThat(DrawingOrder.step(1, scene)).contains(a.id());
        scene.select(b, d);
        assertThat(DrawingOrder.step(-1, scene)).contains(a.id());
        assertThat(DrawingOrder.step(1, new FixedScene())).isEmpty();
    }
}
