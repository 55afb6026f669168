package org.palimpsest.settings;

/// The window's colours.
public enum Theme {
    LIGHT,
    DARK,
    /// As the system has them, also when they change there.
    SYSTEM;

    /// The next one, of all.
    public Theme toggled() {
        return values()[(ordinal() + 1) % values().length];
    }
}
