package org.palimpsest.app;

import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.support.FxDialogService;

/// The JavaFX application: shows the window first, then opens images and model in the background.
public final class DesktopApp extends Application {
    private @Nullable DesktopSession session;

    @Override
    public void start(Stage stage) {
        var options = Desktop.options();
        var dialogs = new FxDialogService();
        var environment =
                new DesktopSession.Environment(
                        Desktop.modelOpener(options),
                        SettingsStore.open(Desktop.settingsFile()),
                        dialogs,
                        System.getProperty("user.name", "person"));
        session = new DesktopSession(stage, environment, options.bundledModel());
        dialogs.attach(stage);
        stage.show();
        session.begin(options.images());
    }

    @Override
    public void stop() {
        if (session != null) {
            session.close();
        }
    }
}
