package org.palimpsest.ui.canvas.tool;

import org.palimpsest.geometry.Point;

/// Turns moves of the pointer over the image into effects. A state machine: its state is the gesture that is under way.
///
/// Points are in image pixels and may lie outside of the image. Knows no window, so that a test drives it with a list
/// of points. Confined to one thread.
public interface Tool {

    /// The main button went down.
    ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene);

    /// The pointer moved with the button down.
    ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene);

    /// The button went up.
    ToolEffect released(Point point, Modifiers modifiers, ToolScene scene);

    /// The pointer moved with no button down.
    ToolEffect moved(Point point, ToolScene scene);

    /// A key was pressed.
    ToolEffect key(ToolKey key, Modifiers modifiers, ToolScene scene);

    /// The second of two clicks at one place was released; both were reported as presses and releases before.
    default ToolEffect doubleClicked(Point point, ToolScene scene) {
        return ToolEffect.NOTHING;
    }

    /// Whether a gesture is under way, so that what is shown belongs to it.
    boolean isBusy();

    /// What is shown while no gesture is under way.
    default Preview idle(ToolScene scene) {
        return Preview.NONE;
    }
}
