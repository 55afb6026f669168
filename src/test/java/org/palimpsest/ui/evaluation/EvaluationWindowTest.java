package org.palimpsest.ui.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.batch.EvaluationTask;
import org.palimpsest.batch.ImageResult;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.format.scenes.SceneFolder;
import org.palimpsest.geometry.Box;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Thumbnail;
import org.palimpsest.imaging.ThumbnailQueue;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.PaliGemmaOpener;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.support.FeatureWindow;
import org.palimpsest.ui.support.FxTaskRunner;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.OpenProject;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

/// Judges the bundled model on a few of its samples, on a headless platform.
@Timeout(180)
final class EvaluationWindowTest {
    private static final int SCENES = 4;

    @TempDir Path folder;

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Pages pages = new Pages();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private InferenceService inference;
    private Workspace workspace;
    private EvaluationViewModel page;

    @BeforeEach
    void open() throws Exception {
        FxThread.start();
        var bundled = Installation.locate().bundledModel();
        inference =
                new InferenceService(
                        new PaliGemmaOpener(DeviceChoice.AUTO, bundled),
                        InstantSource.fixed(Samples.NOW));
        inference.useModel(bundled);
        var project =
                OpenProject.open(
                        folder.resolve("scenes.palimpsest"),
                        true,
                        InstantSource.fixed(Samples.NOW));
        var step = project.project().beginStep("add images");
        step.add(scenes());
        step.end();
        FxThread.run(() -> {
            var tasks = new FxTaskRunner(executor);
            workspace = Samples.workspace(tasks, dialogs);
            workspace.use(project);
            page =
                    new EvaluationViewModel(
                            new EvaluationViewModel.Services(
                                    workspace,
                                    inference,
                                    SettingsStore.open(folder.resolve("settings.json")),
                                    dialogs,
                                    tasks,
                                    pages,
                                    bundled),
                            new ThumbnailQueue(
                                    file -> new Thumbnail(ImageFiles.read(file), false),
                                    executor,
                                    1),
                            InstantSource.system(),
                            System::nanoTime);
            page.imagesProperty().set(ImageChoice.ALL);
            for (var task :
                    EnumSet.complementOf(EnumSet.of(EvaluationTask.DETECT, EvaluationTask.REFER))) {
                page.taskProperty(task).set(false);
            }
        });
    }

    @AfterEach
    void close() throws Exception {
        FxThread.run(() -> workspace.use(null));
        inference.close();
        executor.close();
    }

    /// With a circle that nobody can find in the first one.
    private static List<Edit> scenes() throws ProblemException {
        var imported = new Provenance.Imported("scenes", "truth.json");
        var edits = new ArrayList<Edit>();
        for (var scene :
                SceneFolder.read(Installation.locate().samples()).scenes().subList(0, SCENES)) {
            var annotations = new ArrayList<Annotation>();
            scene.objects()
                    .forEach(object ->
                            annotations.add(
                                    ObjectAnnotation.of(object.label(), object.mask(), imported)));
            if (edits.isEmpty()) {
                annotations.add(ObjectAnnotation.of("circle", new Box(0, 0, 6, 6), imported));
            }
            edits.add(
                    new AddImage(
                            new AnnotatedImage(
                                    new ImageEntry(ImageId.random(), scene.image(), scene.size()),
                                    ImageDetails.NEW.withState(ImageState.DONE),
                                    annotations)));
        }
        return edits;
    }

    private static void tab(FeatureWindow window, int place) throws Exception {
        TabPane tabs = window.node("#tabs");
        FxThread.run(() -> tabs.getSelectionModel().select(place));
        FeatureWindow.settle();
    }

    @Test
    void aModelIsJudgedAndItsWorstImageIsOpened() throws Exception {
        try (var window = FeatureWindow.open(EvaluationView.class, 1280, 760, page)) {
            FxThread.run(() -> pages.open(Page.EVALUATION));
            FxThread.await("the images", () -> page.knownProperty().get().isPresent());
            window.click(window.node("#start"));
            FxThread.await("an evaluation", () -> !page.history().evaluations().isEmpty());
            assertThat(FxThread.call(() -> page.messageProperty().get())).isEmpty();
            window.pictures("evaluation-figures");
            tab(window, 1);
            TableView<LabelRow> labels = window.node(".label-table");
            assertThat(FxThread.call(() -> labels.getItems().size())).isGreaterThan(2);
            tab(window, 2);
            ListView<String> curves = window.node(".curve-labels");
            assertThat(FxThread.call(() -> curves.getItems().size()))
                    .isEqualTo(FxThread.call(() -> page.history().details().labels().size()))
                    .isGreaterThan(2);

            tab(window, 3);
            Node matrix = window.node(".confusion");
            FxThread.run(matrix::requestFocus);
            var grid =
                    FxThread.call(
                            () -> page.history().details().confusionProperty().get().orElseThrow());
            int circle = 0;
            while (!grid.rowTitle(circle).equals("circle")) {
                circle++;
                window.press(KeyCode.DOWN);
            }
            window.press(KeyCode.END);
            window.pictures("evaluation-confusion");
            assertThat(FxThread.call(matrix::getAccessibleText))
                    .isEqualTo(grid.words(circle, grid.size() - 1))
                    .contains("“circle” were missed");
            window.press(KeyCode.ENTER);

            ListView<ImageResult> worst = window.node(".worst-images");
            assertThat(FxThread.call(worst::isFocused)).isTrue();
            var behind = FxThread.call(() -> List.copyOf(worst.getItems()));
            assertThat(behind).isNotEmpty().allMatch(one -> one.missed() > 0);
            window.press(KeyCode.ENTER);
            FxThread.await("the page is closed", () -> pages.openProperty().get().isEmpty());
            FxThread.await(
                    "the image",
                    () ->
                            Optional.ofNullable(workspace.currentImage())
                                    .filter(behind.getFirst().image()::equals)
                                    .isPresent());
        }
    }
}
