package org.palimpsest.settings;

/// What makes the window easier to see and to follow.
///
/// @param safeColors whether labels take colours that people with any colour vision tell apart
/// @param reducedMotion whether nothing moves by itself, also where the system does not ask for that
public record Accessibility(boolean safeColors, boolean reducedMotion) {
    public static final Accessibility USUAL = new Accessibility(false, false);

    public Accessibility withSafeColors(boolean value) {
        return new Accessibility(value, reducedMotion);
    }

    public Accessibility withReducedMotion(boolean value) {
        return new Accessibility(safeColors, value);
    }
}
