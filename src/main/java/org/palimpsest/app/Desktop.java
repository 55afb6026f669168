package org.palimpsest.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.application.Application;
import org.jspecify.annotations.Nullable;
import org.palimpsest.inference.ModelOpener;
import org.palimpsest.inference.PaliGemmaOpener;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.settings.SettingsStore;

/// Starts the desktop.
public final class Desktop {
    // JavaFX makes the application object itself, so what it needs waits here.
    private static volatile @Nullable DesktopOptions options;

    private Desktop() {}

    /// Shows the window and returns when the person closes it. Possible once in a program's life.
    ///
    /// @throws ProblemException if this computer has no display
    public static void launch(DesktopOptions chosen) throws ProblemException {
        requireDisplay();
        options = chosen;
        Application.launch(DesktopApp.class);
    }

    /// @throws ProblemException if this computer has no display
    static void requireDisplay() throws ProblemException {
        var problem = displayProblem(System.getenv(), System.getProperty("os.name", ""));
        if (problem.isPresent() && !isHeadless()) {
            throw new ProblemException(problem.get());
        }
    }

    /// Why no window can be shown here; empty if one can. JavaFX itself would wait for a display for ever.
    static Optional<Problem> displayProblem(Map<String, String> environment, String osName) {
        if (!osName.toLowerCase(Locale.ROOT).contains("linux")) {
            return Optional.empty();
        }
        for (var variable : List.of("DISPLAY", "WAYLAND_DISPLAY")) {
            if (!environment.getOrDefault(variable, "").isBlank()) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new Problem(
                        "There is no display to show a window on",
                        "Neither DISPLAY nor WAYLAND_DISPLAY is set",
                        "Without a window, begin with: ./palimpsest demo"));
    }

    private static boolean isHeadless() {
        return "Headless".equals(System.getProperty("glass.platform"));
    }

    static DesktopOptions options() {
        var chosen = options;
        if (chosen == null) {
            throw new IllegalStateException("The desktop was not started by Desktop.launch");
        }
        return chosen;
    }

    static ModelOpener modelOpener(DesktopOptions options) {
        return new PaliGemmaOpener(options.device(), options.bundledModel());
    }

    static Path settingsFile() {
        return SettingsStore.defaultFile(
                System.getenv(),
                Path.of(System.getProperty("user.home", "")),
                System.getProperty("os.name", ""));
    }
}
