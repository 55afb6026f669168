package org.palimpsest.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the [Settings] in one small JSON file.
///
/// A file that is missing, broken or from another version never stops the program: what cannot be read takes its
/// default. Thread-safe.
public final class SettingsStore {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsStore.class);
    private static final long LARGEST_FILE = 1 << 20;

    private final Path file;
    private Settings current;

    private SettingsStore(Path file, Settings current) {
        this.file = file;
        this.current = current;
    }

    /// Reads the file, or takes the defaults.
    public static SettingsStore open(Path file) {
        return new SettingsStore(file, read(file));
    }

    /// Where this person's settings lie: the configuration folder of the platform.
    ///
    /// @param environment as [System#getenv()] gives it
    /// @param home the home folder
    public static Path defaultFile(Map<String, String> environment, Path home, String osName) {
        var name = osName.toLowerCase(Locale.ROOT);
        Path folder;
        if (name.contains("win")) {
            folder = folderFrom(environment.get("APPDATA"), home.resolve("AppData/Roaming"));
        } else if (name.contains("mac")) {
            folder = home.resolve("Library/Application Support");
        } else {
            folder = folderFrom(environment.get("XDG_CONFIG_HOME"), home.resolve(".config"));
        }
        return folder.resolve("palimpsest").resolve("settings.json");
    }

    public synchronized Settings settings() {
        return current;
    }

    /// Remembers the settings and writes them.
    ///
    /// @throws ProblemException if they could not be written; they are remembered for this run all the same
    public synchronized void save(Settings settings) throws ProblemException {
        current = settings;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFiles.write(file, SettingsJson.write(settings));
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The settings could not be saved",
                            file + ": " + e.getMessage(),
                            "They hold until the program is closed"),
                    e);
        }
    }

    /// Changes the settings as they are now, and writes them.
    ///
    /// @throws ProblemException if they could not be written; they are remembered for this run all the same
    public synchronized void update(UnaryOperator<Settings> change) throws ProblemException {
        save(change.apply(current));
    }

    private static Path folderFrom(@Nullable String value, Path otherwise) {
        return value == null || value.isBlank() ? otherwise : Path.of(value);
    }

    private static Settings read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                return Settings.DEFAULT;
            }
            return SettingsJson.read(Files.readAllBytes(file));
        } catch (IOException e) {
            LOG.warn("Settings in {} cannot be read, the defaults are used", file, e);
            return Settings.DEFAULT;
        }
    }
}
