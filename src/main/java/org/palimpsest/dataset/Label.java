package org.palimpsest.dataset;

/// A class of objects, with the colour it is drawn in.
///
/// @param name what prompts and files call it: not empty, no space around it, no control characters
/// @param rgb the colour, `0xRRGGBB`
public record Label(String name, int rgb) {

    /// @throws IllegalArgumentException if the name or the colour is not as stated
    public Label {
        requireName(name);
        if ((rgb & 0xFF000000) != 0) {
            throw new IllegalArgumentException(
                    "Colour is not 0xRRGGBB: 0x" + Integer.toHexString(rgb));
        }
    }

    /// Whether a label may have this name.
    public static boolean isName(String name) {
        return !name.isBlank()
                && name.equals(name.strip())
                && name.codePoints().noneMatch(Character::isISOControl);
    }

    static String requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("Not a label name: \"" + name + "\"");
        }
        return name;
    }
}
