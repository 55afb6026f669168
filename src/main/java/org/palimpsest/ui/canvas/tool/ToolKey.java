package org.palimpsest.ui.canvas.tool;

/// Keys that tools understand, by what they mean.
public enum ToolKey {
    CANCEL,
    LEFT,
    RIGHT,
    UP,
    DOWN
}
