package org.palimpsest.settings;

import java.nio.file.Path;
import java.util.Optional;

/// What the person prefers.
///
/// @param theme the window's colours
/// @param modelFolder the model chosen in the window; empty for the bundled one
/// @param exportFolder where the last export went
public record Settings(Theme theme, Optional<Path> modelFolder, Optional<Path> exportFolder) {

    public static final Settings DEFAULT =
            new Settings(Theme.LIGHT, Optional.empty(), Optional.empty());

    public Settings withTheme(Theme value) {
        return new Settings(value, modelFolder, exportFolder);
    }

    public Settings withModelFolder(Optional<Path> value) {
        return new Settings(theme, value, exportFolder);
    }

    public Settings withExportFolder(Path value) {
        return new Settings(theme, modelFolder, Optional.of(value));
    }
}
