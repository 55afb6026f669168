package org.palimpsest.app;

import java.nio.file.Path;
import javafx.stage.Stage;
import org.palimpsest.inference.ModelOpener;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.FxDialogService;
import org.palimpsest.ui.support.ProjectOpener;

/// The whole window over the model of a test, with settings and projects in the test's folder.
///
/// Confined to the JavaFX thread.
record TestWindow(Stage stage, DesktopSession session) {
    private static final Path MODEL = Path.of("fake");

    /// Shown at the upper left, with the focus; nothing is opened in it yet.
    static TestWindow show(
            Path folder, ModelOpener opener, DialogService dialogs, double width, double height) {
        var stage = new Stage();
        var session =
                new DesktopSession(
                        stage,
                        new DesktopSession.Environment(
                                opener,
                                SettingsStore.open(folder.resolve("settings.json")),
                                dialogs,
                                "ada",
                                new ProjectOpener.Places(folder.resolve("projects"), folder)),
                        MODEL);
        if (dialogs instanceof FxDialogService shown) {
            shown.attach(stage);
        }
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(width);
        stage.setHeight(height);
        stage.show();
        stage.requestFocus();
        return new TestWindow(stage, session);
    }
}
