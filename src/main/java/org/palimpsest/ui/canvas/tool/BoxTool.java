package org.palimpsest.ui.canvas.tool;

import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;

/// Draws a box from corner to corner: by dragging, or by a click at each corner. Shift makes it square.
public final class BoxTool implements Tool {
    private final BoxGesture gesture = new BoxGesture();

    @Override
    public ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene) {
        gesture.pressed(point, modifiers, scene);
        return ToolEffect.NOTHING;
    }

    @Override
    public ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        return gesture.dragged(point, modifiers, scene);
    }

    @Override
    public ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        return gesture.released(point, modifiers, scene)
                .map(box -> add(box, scene))
                .orElse(ToolEffect.NOTHING);
    }

    private static ToolEffect add(Box box, ToolScene scene) {
        return box.isEmpty() ? ToolEffect.DISCARD : Drawing.add(scene.draw(box), true, scene);
    }

    @Override
    public ToolEffect moved(Point point, ToolScene scene) {
        return gesture.moved(point, scene);
    }

    @Override
    public boolean isBusy() {
        return gesture.isBusy();
    }

    @Override
    public ToolEffect key(ToolKey key, Modifiers modifiers, ToolScene scene) {
        return key == ToolKey.CANCEL ? gesture.cancel() : ToolEffect.NOTHING;
    }
}
