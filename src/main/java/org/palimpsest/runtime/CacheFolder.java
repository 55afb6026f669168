package org.palimpsest.runtime;

import java.nio.file.Path;
import java.util.Locale;

/// The folder for files that can be made again: unpacked libraries, downloads.
public final class CacheFolder {
    private CacheFolder() {}

    /// The system property `palimpsest.cache` if set, otherwise the system's own place: `$XDG_CACHE_HOME` or `~/.cache`,
    /// `~/Library/Caches`, `%LOCALAPPDATA%`.
    public static Path path() {
        String chosen = System.getProperty("palimpsest.cache", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home", "."));
        if (system.contains("win")) {
            return environment("LOCALAPPDATA", home.resolve("AppData").resolve("Local"))
                    .resolve("palimpsest");
        }
        if (system.contains("mac")) {
            return home.resolve("Library").resolve("Caches").resolve("palimpsest");
        }
        return environment("XDG_CACHE_HOME", home.resolve(".cache")).resolve("palimpsest");
    }

    private static Path environment(String variable, Path otherwise) {
        String value = System.getenv(variable);
        return value == null || value.isBlank() ? otherwise : Path.of(value);
    }
}
