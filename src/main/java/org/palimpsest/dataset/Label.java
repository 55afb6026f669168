package org.palimpsest.dataset;

import java.util.List;

/// A class of objects, with the colour it is drawn in.
///
/// @param name what prompts and files call it: not empty, no space around it, no control characters
/// @param rgb the colour, `0xRRGGBB`
/// @param shortcut the key that chooses it, such as `1` or `c`; empty where it has none
/// @param description what counts as one; may be empty
/// @param aliases other names under which it is recognised when data sets are imported
public record Label(
        String name, int rgb, String shortcut, String description, List<String> aliases) {

    /// @throws IllegalArgumentException if a name or the colour is not as stated
    public Label {
        requireName(name);
        aliases = List.copyOf(aliases);
        aliases.forEach(Label::requireName);
        if ((rgb & 0xFF000000) != 0) {
            throw new IllegalArgumentException(
                    "Colour is not 0xRRGGBB: 0x" + Integer.toHexString(rgb));
        }
    }

    /// A label of which no more is said.
    public Label(String name, int rgb) {
        this(name, rgb, "", "", List.of());
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

    public Label withName(String changed) {
        return new Label(changed, rgb, shortcut, description, aliases);
    }

    public Label withColor(int changed) {
        return new Label(name, changed, shortcut, description, aliases);
    }

    public Label withShortcut(String changed) {
        return new Label(name, rgb, changed, description, aliases);
    }

    public Label withDescription(String changed) {
        return new Label(name, rgb, shortcut, changed, aliases);
    }

    public Label withAliases(List<String> changed) {
        return new Label(name, rgb, shortcut, description, changed);
    }
}
