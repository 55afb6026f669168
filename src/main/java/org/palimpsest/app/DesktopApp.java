package org.palimpsest.app;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.support.FxDialogService;

/// The JavaFX application: shows the window first, then opens images and model in the background.
public final class DesktopApp extends Application {
    private static final Duration REHEARSAL = Duration.seconds(8);

    private @Nullable DesktopHost host;

    @Override
    public void start(Stage stage) {
        var options = Desktop.options();
        var dialogs = new FxDialogService();
        var settings = SettingsStore.open(Desktop.settingsFile());
        var environment =
                new DesktopSession.Environment(
                        Desktop.modelOpener(options),
                        settings,
                        dialogs,
                        person(settings.settings().person()),
                        options.places());
        dialogs.use(getHostServices());
        host =
                new DesktopHost(
                        stage,
                        environment,
                        options.bundledModel(),
                        Locale.getDefault(),
                        dialogs::attach);
        stage.getIcons().setAll(icons());
        stage.show();
        var session = host.session();
        session.begin(options.files());
        if (Rehearsal.current() == Rehearsal.WINDOW) {
            session.openSamples();
            closeAfter(REHEARSAL);
        }
    }

    /// The system takes the size that it wants.
    private static List<Image> icons() {
        return IntStream.of(16, 32, 64, 128, 256)
                .mapToObj(size -> "icon-" + size + ".png")
                .map(name ->
                        new Image(
                                Objects.requireNonNull(
                                        DesktopApp.class.getResourceAsStream(name), name)))
                .toList();
    }

    private static String person(String chosen) {
        return chosen.isBlank() ? System.getProperty("user.name", "person") : chosen;
    }

    /// The launcher opens the window once, unseen, to record which classes a start needs (JEP 514).
    private static void closeAfter(Duration duration) {
        var pause = new PauseTransition(duration);
        pause.setOnFinished(_ -> Platform.exit());
        pause.play();
    }

    @Override
    public void stop() {
        if (host != null) {
            host.close();
        }
    }
}
