package org.palimpsest.ui.canvas.tool;

import org.palimpsest.geometry.Point;

/// Marks a part of the image on which a task shall be run, by dragging or by two clicks.
public final class AskRegionTool implements Tool {
    private final BoxGesture gesture = new BoxGesture();

    @Override
    public ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene) {
        gesture.pressed(point, modifiers, scene);
        return ToolEffect.NOTHING;
    }

    @Override
    public ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        return asFrame(gesture.dragged(point, modifiers, scene));
    }

    @Override
    public ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        return gesture.released(point, modifiers, scene)
                .map(box -> box.isEmpty() ? ToolEffect.DISCARD : new ToolEffect.AskRegion(box))
                .orElse(ToolEffect.NOTHING);
    }

    @Override
    public ToolEffect moved(Point point, ToolScene scene) {
        return asFrame(gesture.moved(point, scene));
    }

    /// A region to ask about is no object: it is shown as a frame.
    private static ToolEffect asFrame(ToolEffect effect) {
        if (effect instanceof ToolEffect.Show(var preview) && preview.drawn().isPresent()) {
            var box = preview.drawn().get().bounds();
            var frame = Preview.ofFrame(box).withGuides(preview.guides());
            return new ToolEffect.Show(
                    frame.withNote(new Preview.Note.Extent(box.width(), box.height())));
        }
        return effect;
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
