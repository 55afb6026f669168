package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.saxsys.mvvmfx.FluentViewLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.inference.ArrivingObject;
import org.palimpsest.inference.PaliGemmaOpener;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.project.ImagePage;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.prompt.TaskKind;
import org.palimpsest.ui.queue.QueueView;
import org.palimpsest.ui.queue.QueueViewModel;
import org.palimpsest.ui.queue.QueuedRun;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Texts;

/// One image is asked about, then all of them, with the bundled model, on a headless platform.
@Timeout(180)
final class ModelWindowTest {
    private static final int IMAGES = 8;

    @TempDir Path folder;

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private Stage stage;
    private Stage queueStage;
    private DesktopSession session;

    @BeforeEach
    void open() throws Exception {
        var installation = Installation.locate();
        assumeTrue(Files.isRegularFile(installation.bundledModel().resolve("model.safetensors")));
        var images = Files.createDirectory(folder.resolve("images"));
        for (int i = 1; i <= IMAGES; i++) {
            var name = "scene-%02d.png".formatted(i);
            Files.copy(installation.samples().resolve(name), images.resolve(name));
        }
        FxThread.start();
        FxThread.run(() -> {
            stage = new Stage();
            session =
                    new DesktopSession(
                            stage,
                            new DesktopSession.Environment(
                                    new PaliGemmaOpener(
                                            DeviceChoice.AUTO, installation.bundledModel()),
                                    SettingsStore.open(folder.resolve("settings.json")),
                                    dialogs,
                                    "ada",
                                    new ProjectOpener.Places(folder.resolve("projects"), folder)),
                            installation.bundledModel());
            stage.show();
            queueStage = new Stage();
            queueStage.setScene(
                    new Scene(
                            FluentViewLoader.fxmlView(QueueView.class)
                                    .resourceBundle(Texts.bundle())
                                    .load()
                                    .getView()));
            queueStage.show();
            session.begin(List.of(images));
        });
        FxThread.await("the images", () -> session.workspace().images().lines().size() == IMAGES);
        FxThread.await("the first image", () -> session.workspace().current() != null);
    }

    @AfterEach
    void close() throws Exception {
        FxThread.run(() -> {
            queueStage.close();
            stage.close();
            session.close();
        });
    }

    @Test
    void boxesArriveAndAllImagesAreLabelledWithAPauseAndTakenBackAsOne() throws Exception {
        var prompt = session.viewModel(PromptViewModel.class);
        var arrived = new CopyOnWriteArrayList<List<ArrivingObject>>();
        FxThread.run(() -> {
            prompt.arrivingProperty().addListener((_, _, now) -> arrived.add(now));
            prompt.kindProperty().set(TaskKind.DETECT);
            prompt.labels()
                    .setAll("circle", "triangle", "cross", "star", "square", "heart", "moon");
            ((Button) stage.getScene().lookup("#run")).fire();
        });
        FxThread.await("an answer", () -> !session.workspace().current().objects().isEmpty());
        FxThread.await("its end", () -> !prompt.runningProperty().get());
        var edges = FxThread.call(() -> prompt.edgesProperty().get());
        var objects = FxThread.call(() -> session.workspace().current().objects());
        assertThat(edges.keySet()).containsAll(objects.stream().map(one -> one.id()).toList());
        if (objects.size() > 1) {
            assertThat(arrived).anyMatch(some -> !some.isEmpty());
        }

        runOnAll();
        var queue = session.viewModel(QueueViewModel.class);
        FxThread.await("some answers", () -> run(queue).counts().labelled() >= 2);
        fireInQueue("queue.pause");
        assertThat(FxThread.call(() -> run(queue).state())).isEqualTo(QueuedRun.State.PAUSED);
        fireInQueue("queue.resume");
        FxThread.await("all answers", () -> run(queue).state() == QueuedRun.State.DONE);
        FxThread.await("the list", () -> predicted() == IMAGES);

        fireInQueue("queue.takeBack");
        FxThread.await("the run taken back", () -> run(queue).state() == QueuedRun.State.UNDONE);
        FxThread.await("the list", () -> predicted() == 1);
        assertThat(dialogs.problems).isEmpty();
    }

    private long predicted() {
        var found = new ArrayList<ImageId>();
        for (ImagePage.Line line : session.workspace().images().lines()) {
            if (line.objects() > 0) {
                found.add(line.image().id());
            }
        }
        return found.size();
    }

    private static QueuedRun run(QueueViewModel queue) {
        return queue.runs().getFirst();
    }

    private void runOnAll() throws Exception {
        FxThread.run(() -> {
            var menu = (MenuButton) stage.getScene().lookup("#runMenu");
            menu.getItems().stream()
                    .filter(item -> item.getText().equals(Command.RUN_ON_ALL.title()))
                    .findFirst()
                    .orElseThrow()
                    .fire();
        });
    }

    private void fireInQueue(String key) throws Exception {
        FxThread.run(() -> button(queueStage.getScene().getRoot(), Texts.get(key)).fire());
    }

    private static Button button(Parent root, String accessibleText) {
        return root.lookupAll(".button").stream()
                .filter(Button.class::isInstance)
                .map(Button.class::cast)
                .filter(button -> accessibleText.equals(button.getAccessibleText()))
                .findFirst()
                .orElseThrow();
    }
}
