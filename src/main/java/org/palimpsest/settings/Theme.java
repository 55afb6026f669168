package org.palimpsest.settings;

/// The window's colours.
public enum Theme {
    LIGHT,
    DARK;

    /// The other one.
    public Theme toggled() {
        return this == LIGHT ? DARK : LIGHT;
    }
}
