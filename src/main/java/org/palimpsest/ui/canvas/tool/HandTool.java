package org.palimpsest.ui.canvas.tool;

import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Point;

/// Moves the image about.
public final class HandTool implements Tool {
    private @Nullable Point held;

    @Override
    public ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene) {
        held = point;
        return new ToolEffect.Cursor(CursorKind.GRABBING);
    }

    /// The image follows, so that the point that was taken hold of stays under the pointer.
    @Override
    public ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        return held == null
                ? ToolEffect.NOTHING
                : new ToolEffect.Pan(point.x() - held.x(), point.y() - held.y());
    }

    @Override
    public ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        held = null;
        return new ToolEffect.Cursor(CursorKind.HAND);
    }

    @Override
    public ToolEffect moved(Point point, ToolScene scene) {
        return new ToolEffect.Cursor(CursorKind.HAND);
    }

    @Override
    public boolean isBusy() {
        return held != null;
    }

    @Override
    public ToolEffect key(ToolKey key, Modifiers modifiers, ToolScene scene) {
        return ToolEffect.NOTHING;
    }
}
