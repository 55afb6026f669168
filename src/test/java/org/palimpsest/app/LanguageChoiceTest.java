package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Texts;

/// Chooses languages in the whole window.
@Timeout(120)
final class LanguageChoiceTest {
    @TempDir Path folder;

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final List<Stage> stages = new ArrayList<>();
    private SettingsStore settings;
    private DesktopHost host;

    @BeforeEach
    void open() throws Exception {
        FxThread.start();
        var images = Files.createDirectory(folder.resolve("images"));
        Samples.images(images, 3);
        settings = SettingsStore.open(folder.resolve("settings.json"));
        FxThread.run(() -> {
            var stage = new Stage();
            host =
                    new DesktopHost(
                            stage,
                            new DesktopSession.Environment(
                                    (_, _) -> new FakeModel(Path.of("fake")),
                                    settings,
                                    dialogs,
                                    "ada",
                                    new ProjectOpener.Places(folder.resolve("projects"), folder)),
                            Path.of("fake"),
                            Locale.US,
                            stages::add);
            stage.show();
            host.session().begin(List.of(images));
        });
        FxThread.await("images", () -> host.session().workspace().current() != null);
    }

    @AfterEach
    void close() throws Exception {
        FxThread.run(() -> {
            host.stage().close();
            host.close();
            Texts.use(Locale.ENGLISH);
        });
    }

    private void choose(String tag) throws Exception {
        FxThread.run(() ->
                host.session().viewModel(ShellViewModel.class).preferences().setLanguage(tag));
    }

    private List<String> menus() {
        var bar = (MenuBar) host.stage().getScene().getRoot().lookup(".menu-bar");
        return bar.getMenus().stream().map(Menu::getText).toList();
    }

    @Test
    void anotherLanguageHoldsAtOnceAndTheImageStaysOpen() throws Exception {
        FxThread.run(() -> host.session().workspace().step(2));
        var shown = FxThread.call(() -> host.session().workspace().currentImage().id());
        choose("de");
        FxThread.await("the window in German", () -> menus().getFirst().equals("Datei"));
        FxThread.await(
                "the image",
                () ->
                        host.session().workspace().current() != null
                                && host.session().workspace().currentImage().id().equals(shown));
        assertThat(stages).hasSize(2);
        assertThat(Window.getWindows()).containsExactly(host.stage());
        assertThat(settings.settings().language()).isEqualTo("de");
        assertThat(dialogs.problems).isEmpty();
        choose("");
        FxThread.await(
                "the window in the system's language", () -> menus().getFirst().equals("File"));
        assertThat(Texts.locale()).isEqualTo(Locale.US);
    }

    @Test
    void workThatGoesOnIsNotStoppedUnasked() throws Exception {
        dialogs.confirms = false;
        var go = new Semaphore(0);
        FxThread.run(() ->
                host.session()
                        .tasks()
                        .runShown(
                                "Count the stars",
                                _ -> {
                                    go.acquireUninterruptibly();
                                    return true;
                                },
                                _ -> {},
                                _ -> {}));
        choose("ja");
        FxThread.await("the notice", () -> !dialogs.messages.isEmpty());
        go.release();
        assertThat(dialogs.messages).containsExactly("The language holds from the next start");
        assertThat(menus().getFirst()).isEqualTo("File");
        assertThat(settings.settings().language()).isEqualTo("ja");
    }
}
