package org.palimpsest.settings;

/// The window's colours.
public enum Theme {
    LIGHT,
    DARK,
    /// As the rest of the desktop is, and changing with it.
    SYSTEM
}
