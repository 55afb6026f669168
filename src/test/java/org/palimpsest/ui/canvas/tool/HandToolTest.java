package org.palimpsest.ui.canvas.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Point;

final class HandToolTest {
    private final FixedScene scene = new FixedScene();
    private final HandTool tool = new HandTool();

    @Test
    void thePointThatWasTakenStaysUnderThePointer() {
        tool.pressed(new Point(20, 30), Modifiers.NONE, scene);

        assertThat(tool.dragged(new Point(50, 25), Modifiers.NONE, scene))
                .isEqualTo(new ToolEffect.Pan(30, -5));
        // The image has moved: under the pointer is the point again that was taken.
        assertThat(tool.dragged(new Point(20, 30), Modifiers.NONE, scene))
                .isEqualTo(new ToolEffect.Pan(0, 0));
    }

    @Test
    void withoutAPressNothingMoves() {
        assertThat(tool.dragged(new Point(50, 25), Modifiers.NONE, scene))
                .isEqualTo(ToolEffect.NOTHING);
    }
}
