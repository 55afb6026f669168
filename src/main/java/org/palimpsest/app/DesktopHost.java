package org.palimpsest.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.settings.Languages;
import org.palimpsest.ui.support.Texts;

/// The window in the person's language, made anew with its project when another language is chosen.
///
/// Made and used on the JavaFX thread.
final class DesktopHost implements AutoCloseable {
    private final DesktopSession.Environment environment;
    private final Path bundledModel;
    private final Locale system;
    private final Consumer<Stage> onStage;
    private Stage stage;
    private DesktopSession session;

    /// To be shown when its project is open again.
    private Optional<ImageId> waiting = Optional.empty();

    /// Fills the stage; it is not shown yet and nothing is read yet.
    ///
    /// @param system the language of the system
    /// @param onStage hears of the first stage, and of each that takes its place
    DesktopHost(
            Stage stage,
            DesktopSession.Environment environment,
            Path bundledModel,
            Locale system,
            Consumer<Stage> onStage) {
        this.stage = stage;
        this.environment = environment;
        this.bundledModel = bundledModel;
        this.system = system;
        this.onStage = onStage;
        session = open();
    }

    private DesktopSession open() {
        Texts.use(Languages.locale(environment.settings().settings().language(), system));
        var opened = new DesktopSession(stage, environment, bundledModel);
        onStage.accept(stage);
        opened.preferences()
                .languageProperty()
                .addListener((_, _, tag) -> Platform.runLater(() -> change(opened, tag)));
        opened.workspace()
                .openProjectProperty()
                .addListener((_, _, now) -> {
                    if (now.isPresent() && opened == session) {
                        waiting.ifPresent(opened.workspace()::show);
                        waiting = Optional.empty();
                    }
                });
        return opened;
    }

    private void change(DesktopSession asked, String tag) {
        if (asked != session || Languages.locale(tag, system).equals(Texts.locale())) {
            return;
        }
        var work = session.atWork();
        boolean goOn =
                work.isEmpty()
                        || environment
                                .dialogs()
                                .confirm(
                                        Texts.get("settings.language.busy"),
                                        Texts.get(
                                                "settings.language.busy.question",
                                                String.join(", ", work)),
                                        Texts.get("settings.language.busy.action"));
        if (goOn && session.mayLeave()) {
            begin();
        } else {
            environment.dialogs().notify(Texts.get("settings.language.later"));
        }
    }

    /// Puts a new window in the place of this one. What the old window and what listens to it keep goes with it.
    private void begin() {
        var workspace = session.workspace();
        var project = workspace.openProjectProperty().get().map(open -> open.project().file());
        var image = Optional.ofNullable(workspace.currentImage()).map(ImageEntry::id);
        var before = stage;
        session.close();
        stage = new Stage();
        stage.getIcons().setAll(before.getIcons());
        session = open();
        stage.setX(before.getX());
        stage.setY(before.getY());
        if (!before.isMaximized()) {
            stage.setWidth(before.getWidth());
            stage.setHeight(before.getHeight());
        }
        stage.setMaximized(before.isMaximized());
        stage.show();
        before.hide();
        waiting = image;
        session.begin(project.map(List::of).orElse(List.of()));
        session.commands().run(Command.SETTINGS);
    }

    DesktopSession session() {
        return session;
    }

    Stage stage() {
        return stage;
    }

    @Override
    public void close() {
        session.close();
    }
}
