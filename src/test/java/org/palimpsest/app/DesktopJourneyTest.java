package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.format.jsonl.JsonlExample;
import org.palimpsest.format.jsonl.PaliGemmaJsonlReader;
import org.palimpsest.geometry.Box;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.paligemma.prompt.DetectedObject;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.paligemma.prompt.OutputFormatter;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.canvas.CanvasPane;
import org.palimpsest.ui.canvas.Viewport;
import org.palimpsest.ui.control.LabelField;
import org.palimpsest.ui.exchange.ExportViewModel;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;

/// Walks the whole way through the window, with mouse and keys, on a headless platform.
@Timeout(120)
final class DesktopJourneyTest {
    private static final String TWO_CIRCLES =
            "<loc0102><loc0102><loc0512><loc0409> circle ; <loc0512><loc0614><loc0921><loc0921> circle";

    @TempDir Path folder;

    private final FakeModel model = new FakeModel(Path.of("fake"));
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private DesktopSession session;
    private Stage stage;
    private Robot robot;

    @BeforeAll
    static void startJavaFx() throws Exception {
        FxThread.start();
    }

    @BeforeEach
    void openWindow() throws Exception {
        Samples.images(folder, 3);
        model.answering("detect circle", TWO_CIRCLES);
        FxThread.run(() -> {
            stage = new Stage();
            session =
                    new DesktopSession(
                            stage,
                            new DesktopSession.Environment(
                                    (_, _) -> model,
                                    SettingsStore.open(folder.resolve("settings.json")),
                                    dialogs,
                                    "ada",
                                    new ProjectOpener.Places(folder.resolve("projects"), folder)),
                            Path.of("fake"));
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(1000);
            stage.setHeight(900);
            stage.show();
            stage.requestFocus();
            robot = new Robot();
            session.begin(List.of(folder));
        });
        FxThread.await("images are open", () -> session.workspace().images().lines().size() == 3);
    }

    @AfterEach
    void closeWindow() throws Exception {
        FxThread.run(() -> {
            stage.close();
            session.close();
        });
    }

    @Test
    void aPersonAsksCorrectsAndExports() throws Exception {
        // Ask: the answer becomes two boxes.
        FxThread.run(() -> ((LabelField) node("#labels")).labels().setAll("circle"));
        FxThread.await("the model can be asked", () -> !button("#run").isDisabled());
        click(button("#run"));
        FxThread.await("boxes appear", () -> objects().size() == 2);
        assertThat(FxThread.call(() -> words((TextFlow) node("#answer")))).isEqualTo(TWO_CIRCLES);

        // Move the first with the mouse, delete the second by key, undo that.
        var first = FxThread.call(() -> objects().getFirst());
        var second = FxThread.call(() -> objects().getLast());
        FxThread.await("the image is shown", () -> pane().getWidth() > 100);
        dragOnImage(
                first.region().bounds().center().x(), first.region().bounds().center().y(), 10, 5);
        FxThread.await("the first box moved", () -> !objects().getFirst().equals(first));
        var moved = FxThread.call(() -> objects().getFirst());
        assertThat(moved.region().bounds()).isEqualTo(first.region().bounds().translate(10, 5));

        clickOnImage(second.region().bounds().center().x(), second.region().bounds().center().y());
        FxThread.await(
                "the second is selected",
                () -> session.workspace().selection().contains(second.id()));
        press(KeyCode.DELETE);
        FxThread.await("the second is gone", () -> objects().size() == 1);
        press(KeyCode.CONTROL, KeyCode.Z);
        FxThread.await("and back", () -> objects().size() == 2);

        // Draw a box and name it.
        press(KeyCode.B);
        dragOnImage(150, 10, 40, 20);
        FxThread.await("a box is drawn", () -> objects().size() == 3);
        assertThat(FxThread.call(() -> objects().getLast().label())).isEqualTo("circle");
        press(KeyCode.ENTER);
        FxThread.await("its label is asked for", () -> nameEditor().isVisible());
        FxThread.run(() -> nameEditor().setText("square"));
        press(KeyCode.ENTER);
        FxThread.await("it has its label", () -> objects().getLast().label().equals("square"));

        // Export and read it back.
        var target = folder.resolve("exported");
        var export = session.viewModel(ExportViewModel.class);
        press(KeyCode.CONTROL, KeyCode.E);
        FxThread.await("the dialog has a preview", () -> export.readyProperty().get());
        FxThread.run(() -> export.typeTarget(target.toString()));
        FxThread.run(() -> ((Button) dialog().lookup("#run")).fire());
        FxThread.await("it is written", () -> export.reportProperty().get().isPresent());
        assertThat(read(target)).containsExactly(example(FxThread.call(this::objects)));
        FxThread.run(() -> ((Button) dialog().lookup("#close")).fire());
        assertThat(FxThread.call(() -> stage.isFocused() && dialog() == null)).isTrue();
        assertThat(dialogs.problems).isEmpty();
    }

    @Test
    void aPersonWorksWithKeysAlone() throws Exception {
        FxThread.await("an image is shown", () -> session.workspace().current() != null);
        FxThread.run(() -> ((LabelField) node("#labels")).labels().setAll("circle"));
        FxThread.run(() -> node(".label-input").requestFocus());
        FxThread.await("the model can be asked", () -> !button("#run").isDisabled());
        press(KeyCode.CONTROL, KeyCode.ENTER);
        FxThread.await("boxes appear", () -> objects().size() == 2);
        var found = FxThread.call(this::objects);

        // Escape leaves the text field, Tab goes from object to object.
        press(KeyCode.ESCAPE);
        FxThread.await("the image has the focus", () -> pane().isFocused());
        press(KeyCode.TAB);
        FxThread.await("one is selected", () -> session.workspace().selection().size() == 1);
        var first = FxThread.call(() -> session.workspace().selection().iterator().next());
        press(KeyCode.A);
        FxThread.await("it is accepted", () -> review(first) == ReviewState.ACCEPTED);
        FxThread.await(
                "the other is selected",
                () ->
                        session.workspace().selection().size() == 1
                                && !session.workspace().selection().contains(first));
        var second = FxThread.call(() -> session.workspace().selection().iterator().next());
        press(KeyCode.RIGHT);
        FxThread.await(
                "it moves by a pixel",
                () ->
                        objects().stream()
                                .anyMatch(object ->
                                        object.region()
                                                .bounds()
                                                .equals(
                                                        found.stream()
                                                                .filter(one ->
                                                                        one.id().equals(second))
                                                                .findFirst()
                                                                .orElseThrow()
                                                                .region()
                                                                .bounds()
                                                                .translate(1, 0))));
        press(KeyCode.R);
        FxThread.await("it is rejected", () -> review(second) == ReviewState.REJECTED);
        press(KeyCode.CONTROL, KeyCode.Z);
        FxThread.await("and not any more", () -> review(second) != ReviewState.REJECTED);
        press(KeyCode.D);
        FxThread.await("the next image is shown", () -> index() == 1);
        FxThread.await("the first is done", () -> state(0) == ImageState.DONE);
        press(KeyCode.N);
        FxThread.await("and the one after that", () -> index() == 2);
        FxThread.await("the second is empty", () -> state(1) == ImageState.EMPTY);
        assertThat(dialogs.problems).isEmpty();
    }

    private ImageState state(int place) {
        return session.workspace().images().lines().get(place).state();
    }

    private ReviewState review(AnnotationId id) {
        return objects().stream()
                .filter(object -> object.id().equals(id))
                .findFirst()
                .map(ObjectAnnotation::review)
                .orElse(ReviewState.UNREVIEWED);
    }

    @Test
    void keysWalkThroughTheImagesButNotWhileTyping() throws Exception {
        FxThread.await("an image is shown", () -> session.workspace().current() != null);
        FxThread.run(() -> pane().requestFocus());
        press(KeyCode.PAGE_DOWN);
        FxThread.await("the second image", () -> index() == 1);
        press(KeyCode.RIGHT);
        FxThread.await("the third image", () -> index() == 2);
        press(KeyCode.PAGE_UP);
        FxThread.await("the second again", () -> index() == 1);

        var input = (TextField) FxThread.call(() -> node(".label-input"));
        FxThread.run(input::requestFocus);
        press(KeyCode.B);
        FxThread.await("the letter is typed", () -> input.getText().equalsIgnoreCase("b"));
        press(KeyCode.BACK_SPACE);
        FxThread.await("and taken back", () -> input.getText().isEmpty());
        assertThat(FxThread.call(this::index)).isEqualTo(1);
    }

    private List<ObjectAnnotation> objects() {
        var image = session.workspace().current();
        return image == null ? List.of() : image.objects();
    }

    private int index() {
        return session.workspace().images().indexOf(session.workspace().currentImage().id());
    }

    /// The root of the dialog over the window; null if there is none.
    private Node dialog() {
        return Window.getWindows().stream()
                .filter(window -> window != stage && window.getScene() != null)
                .map(window -> window.getScene().getRoot())
                .filter(root -> root.getStyleClass().contains("exchange-dialog"))
                .findFirst()
                .orElse(null);
    }

    private Node node(String selector) {
        return stage.getScene().lookup(selector);
    }

    private Button button(String selector) {
        return (Button) node(selector);
    }

    private CanvasPane pane() {
        return (CanvasPane) node(".canvas-pane");
    }

    private TextField nameEditor() {
        return (TextField) node(".name-editor");
    }

    private void click(Node node) throws Exception {
        FxThread.run(() -> {
            var bounds = node.localToScreen(node.getLayoutBounds());
            robot.mouseMove(bounds.getCenterX(), bounds.getCenterY());
            robot.mouseClick(MouseButton.PRIMARY);
        });
    }

    private void clickOnImage(double x, double y) throws Exception {
        FxThread.run(() -> {
            robot.mouseMove(onScreen(x, y));
            robot.mouseClick(MouseButton.PRIMARY);
        });
    }

    private void dragOnImage(double x, double y, double byX, double byY) throws Exception {
        FxThread.run(() -> {
            robot.mouseMove(onScreen(x, y));
            robot.mousePress(MouseButton.PRIMARY);
        });
        for (int step = 1; step <= 4; step++) {
            double share = step / 4.0;
            FxThread.run(() -> robot.mouseMove(onScreen(x + byX * share, y + byY * share)));
        }
        FxThread.run(() -> robot.mouseRelease(MouseButton.PRIMARY));
    }

    /// Where a pixel of the fitted image is on the screen.
    private Point2D onScreen(double x, double y) {
        var view =
                Viewport.fit(
                        Samples.SIZE,
                        Math.floor(pane().getWidth()),
                        Math.floor(pane().getHeight()),
                        24);
        return pane().localToScreen(view.toScreenX(x), view.toScreenY(y));
    }

    private void press(KeyCode... keys) throws Exception {
        FxThread.run(() -> {
            for (var key : keys) {
                robot.keyPress(key);
            }
            for (int i = keys.length - 1; i >= 0; i--) {
                robot.keyRelease(keys[i]);
            }
        });
    }

    /// The line that the format wants for the objects of `a.png`: from top to bottom.
    private static JsonlExample example(List<ObjectAnnotation> objects) {
        var detected =
                objects.stream()
                        .sorted(
                                Comparator.comparingDouble(
                                        object -> object.region().bounds().yMin()))
                        .map(object -> new DetectedObject(object.label(), normalized(object)))
                        .toList();
        return new JsonlExample(
                "a.png", "detect circle ; square", OutputFormatter.detections(detected));
    }

    private static NormalizedBox normalized(ObjectAnnotation object) {
        var box = (Box) object.region();
        double width = Samples.SIZE.width();
        double height = Samples.SIZE.height();
        return NormalizedBox.ofFractions(
                box.yMin() / height, box.xMin() / width, box.yMax() / height, box.xMax() / width);
    }

    private static List<JsonlExample> read(Path folder) throws Exception {
        var examples = new ArrayList<JsonlExample>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(one -> one.toString().endsWith(".jsonl")).toList()) {
                PaliGemmaJsonlReader.read(file, (_, example) -> examples.add(example));
            }
        }
        return examples;
    }

    private static String words(TextFlow flow) {
        var words = new StringBuilder();
        for (var node : flow.getChildren()) {
            words.append(node instanceof Labeled token ? token.getText() : ((Text) node).getText());
        }
        return words.toString();
    }
}
