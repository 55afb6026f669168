package org.palimpsest.ui.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.PhraseLink;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.FeatureWindow;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.OpenProject;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

/// Reviews and writes with keys and mouse, on a headless platform.
@Timeout(120)
final class InspectorWindowTest {
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Commands commands = new Commands();
    private Workspace workspace;
    private FeatureWindow window;
    private Path project;

    @BeforeAll
    static void startJavaFx() throws Exception {
        FxThread.start();
    }

    @BeforeEach
    void open() throws Exception {
        FxThread.run(() -> {
            workspace = Samples.workspace(new ImmediateTaskRunner(), dialogs);
            project = Samples.open(workspace, Samples.entries(2));
        });
        var inspector = FxThread.call(() -> new InspectorViewModel(workspace));
        window =
                FeatureWindow.open(
                                InspectorView.class,
                                340,
                                640,
                                inspector,
                                FxThread.call(() -> new DetailsViewModel(workspace, inspector)),
                                FxThread.call(() -> new TextsViewModel(workspace, dialogs)),
                                FxThread.call(
                                        () -> new ReviewingViewModel(workspace, commands, dialogs)))
                        .withKeys(commands);
        FxThread.run(() -> {
            commands.on(Command.UNDO, workspace::undo);
            commands.on(Command.DELETE, workspace::deleteSelection);
        });
    }

    @AfterEach
    void close() throws Exception {
        window.close();
    }

    private void propose(int count) throws Exception {
        var proposed = new ArrayList<Annotation>();
        for (int i = 0; i < count; i++) {
            proposed.add(
                    ObjectAnnotation.of(
                            i % 3 == 0
                                    ? "a traffic light with a very long name that does not fit"
                                    : "cat",
                            i % 5 == 4
                                    ? Mask.of(200, 100, (x, y) -> x < 50 && y < 50)
                                    : new Box(i % 90, 10, 100 + i % 90, 60),
                            new Provenance.Predicted(
                                    "paligemma2-3b-mix-448",
                                    "detect cat",
                                    (i * 37 % 100) / 100.0,
                                    Samples.NOW)));
        }
        FxThread.run(
                () -> workspace.propose(workspace.currentImage().id(), "detect cat", proposed));
    }

    private List<ReviewState> states(Workspace from) throws Exception {
        return FxThread.call(
                () -> from.current().annotations().stream().map(Annotation::review).toList());
    }

    @Test
    void proposalsAreReviewedByKeysAndUndoOutlivesTheWindow() throws Exception {
        propose(3);
        window.press(KeyCode.A);
        window.press(KeyCode.A);
        window.press(KeyCode.R);
        window.press(KeyCode.A);
        assertThat(states(workspace))
                .containsExactly(ReviewState.ACCEPTED, ReviewState.REJECTED, ReviewState.ACCEPTED);
        window.pictures("inspector-reviewed");

        FxThread.run(() -> workspace.use(null));
        var later = FxThread.call(Samples::workspace);
        FxThread.run(() -> {
            try {
                later.use(OpenProject.open(project, false, InstantSource.fixed(Samples.NOW)));
            } catch (ProblemException e) {
                throw new AssertionError(e);
            }
            later.undo();
            later.undo();
        });
        assertThat(states(later))
                .containsExactly(
                        ReviewState.ACCEPTED, ReviewState.UNREVIEWED, ReviewState.UNREVIEWED);
        FxThread.run(() -> later.use(null));
    }

    @Test
    void aScoreIsChosenAndAcceptedByKeys() throws Exception {
        propose(500);
        window.press(KeyCode.SHIFT, KeyCode.D);
        Button button = window.node("#acceptAbove");
        assertThat(FxThread.call(button::getText)).isEqualTo("Accept 250 of 500");
        window.press(KeyCode.RIGHT);
        assertThat(FxThread.call(button::getText)).isEqualTo("Accept 225 of 500");
        window.pictures("inspector-500");
        window.press(KeyCode.SHIFT, KeyCode.D);
        assertThat(states(workspace)).filteredOn(ReviewState.ACCEPTED::equals).hasSize(225);
        assertThat(dialogs.messages).containsExactly("225 predictions accepted");
    }

    @Test
    void wordsOfACaptionAreTiedToABox() throws Exception {
        var cat = FxThread.call(() -> Samples.addBox(workspace, "cat", new Box(10, 20, 110, 70)));
        FxThread.run(() ->
                workspace.propose(
                        workspace.currentImage().id(),
                        "caption en",
                        List.of(
                                TextAnnotation.of(
                                        "caption en",
                                        "a black cat sleeps on a mat in front of a window",
                                        new Provenance.Predicted(
                                                "toy", "caption en", 0.4, Samples.NOW)),
                                TextAnnotation.of(
                                        "answer en how many cats are in the picture?",
                                        "1",
                                        new Provenance.Drawn("ada", Samples.NOW)))));
        window.click(window.node("#textsTab"));
        FxThread.run(() -> ((ListView<?>) lookup("#textList")).getSelectionModel().select(0));
        FxThread.run(() -> {
            var words = (TextArea) lookup("#written");
            words.requestFocus();
            words.selectRange(2, 11);
        });
        window.press(KeyCode.CONTROL, KeyCode.L);
        window.pictures("inspector-linking");
        FxThread.run(() -> workspace.select(Set.of(cat.id())));

        var text = FxThread.call(() -> workspace.current().texts().getFirst());
        assertThat(text.links()).containsExactly(new PhraseLink(2, 11, cat.id()));
        Label phrase = window.node(".linked-phrase");
        assertThat(FxThread.call(phrase::getText)).isEqualTo("black cat");
        assertThat(FxThread.call(phrase::getStyle))
                .contains("#%06x".formatted(FxThread.call(() -> workspace.color("cat"))));

        FxThread.run(() -> workspace.select(Set.of()));
        FxThread.run(phrase::requestFocus);
        assertThat(FxThread.call(workspace::selection)).containsExactly(cat.id());
        window.pictures("inspector-texts");
    }

    @Test
    void theDetailsOfACorrectionAreShown() throws Exception {
        propose(4);
        FxThread.run(() -> {
            var first = workspace.current().objects().get(1);
            workspace.select(Set.of(first.id()));
        });
        window.press(KeyCode.TAB);
        FxThread.run(() -> {
            var field = (TextField) lookup("#label");
            field.requestFocus();
            field.selectAll();
        });
        window.type("dog");
        window.press(KeyCode.ENTER);
        assertThat(FxThread.call(() -> workspace.current().objects().get(1).label()))
                .isEqualTo("dog");
        FxThread.run(() -> {
            var image = workspace.current();
            var dog = image.objects().get(1);
            workspace.apply(
                    ReplaceAnnotation.in(image, dog.withAttributes(Map.of("occluded", "partly"))));
        });
        Label original = window.node("#original");
        assertThat(FxThread.call(original::getText)).startsWith("Before: cat");
        window.pictures("inspector-details");
    }

    @Test
    void anEmptyImageSaysWhatToDo() throws Exception {
        Label title = window.node("#emptyTitle");
        assertThat(FxThread.call(title::isVisible)).isTrue();
        window.pictures("inspector-empty");
    }

    private Node lookup(String selector) {
        return Window.getWindows().getFirst().getScene().lookup(selector);
    }
}
