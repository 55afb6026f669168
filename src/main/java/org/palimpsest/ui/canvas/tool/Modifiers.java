package org.palimpsest.ui.canvas.tool;

/// Keys held while the pointer or another key is used.
public record Modifiers(boolean shift, boolean control, boolean alt) {
    public static final Modifiers NONE = new Modifiers(false, false, false);
    public static final Modifiers SHIFT = new Modifiers(true, false, false);
}
