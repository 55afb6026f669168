package org.palimpsest.ui.canvas.tool;

/// What the pointer should look like.
public enum CursorKind {
    ARROW,
    CROSSHAIR,
    MOVE,
    HAND,
    GRABBING,
    RESIZE_HORIZONTAL,
    RESIZE_VERTICAL,
    RESIZE_FALLING,
    RESIZE_RISING
}
