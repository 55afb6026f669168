package org.palimpsest.ui.canvas.tool;

/// Keys held while the pointer or another key is used.
///
/// @param control the system's shortcut key: Control, or Command on a Mac
public record Modifiers(boolean shift, boolean control, boolean alt) {
    public static final Modifiers NONE = new Modifiers(false, false, false);
    public static final Modifiers SHIFT = new Modifiers(true, false, false);
    public static final Modifiers CONTROL = new Modifiers(false, true, false);
    public static final Modifiers ALT = new Modifiers(false, false, true);
}
