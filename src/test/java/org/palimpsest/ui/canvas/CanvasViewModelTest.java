package org.palimpsest.ui.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.Preview;
import org.palimpsest.ui.canvas.tool.ToolKey;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.Pointer;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class CanvasViewModelTest {
    @TempDir Path folder;

    private final Workspace workspace = Samples.workspace();
    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Pointer pointer = new Pointer();
    private CanvasViewModel canvas;

    @BeforeEach
    void open() throws ProblemException {
        Samples.open(workspace, Samples.images(folder, 2));
        canvas =
                Displays.canvas(
                        workspace,
                        Samples.opener(workspace, dialogs, tasks, folder),
                        pointer,
                        tasks,
                        dialogs,
                        folder);
        // A place twice as large as the image with the margin: two screen units for each pixel,
        // offset 24.
        canvas.camera().resize(448, 248);
    }

    @Test
    void theImageOnTheScreenIsReadAndFitted() {
        assertThat(canvas.pictureProperty().get().grid().size()).isEqualTo(Samples.SIZE);
        assertThat(canvas.loadingProperty().get()).isFalse();
        assertThat(canvas.camera().viewport()).isEqualTo(new Viewport(2, 24, 24));
    }

    @Test
    void anImageThatCannotBeReadIsExplained() {
        Samples.open(workspace, Samples.entries(1));

        assertThat(canvas.pictureProperty().get()).isNull();
        assertThat(canvas.problemProperty().get()).isPresent();
        assertThat(canvas.shownImage()).isEmpty();
    }

    @Test
    void withTheBoxToolADragDrawsABoxInImagePixelsAndAsksForItsLabel() {
        canvas.toolProperty().set(ToolKind.BOX);
        drag(44, 44, 124, 84);

        var drawn = objects().getFirst();
        assertThat(drawn.region()).isEqualTo(new Box(10, 10, 50, 30));
        assertThat(canvas.namingProperty().get()).contains(drawn.id());
        canvas.name("  red   circle ");
        assertThat(objects().getFirst().label()).isEqualTo("red circle");
        assertThat(workspace.currentLabel()).isEqualTo("red circle");
        assertThat(canvas.namingProperty().get()).isEmpty();
    }

    @Test
    void theNextBoxGetsTheLastLabel() {
        canvas.toolProperty().set(ToolKind.BOX);
        drag(44, 44, 124, 84);
        canvas.name("ring");
        drag(200, 44, 260, 84);

        assertThat(objects()).extracting(ObjectAnnotation::label).containsExactly("ring", "ring");
    }

    @Test
    void anEmptyNameChangesNothing() {
        var box = Samples.addBox(workspace, "cat", new Box(10, 10, 50, 50));
        workspace.select(Set.of(box.id()));
        canvas.beginNaming();
        canvas.name("   ");

        assertThat(objects().getFirst().label()).isEqualTo("cat");
    }

    @Test
    void movingAnObjectIsOneStepThatCanBeUndone() {
        var box = Samples.addBox(workspace, "cat", new Box(10, 10, 50, 50));
        drag(84, 84, 104, 94);

        assertThat(objects().getFirst().region()).isEqualTo(new Box(20, 15, 60, 55));
        assertThat(workspace.selection()).containsExactly(box.id());
        assertThat(canvas.previewProperty().get().moved()).isEmpty();
        workspace.undo();
        assertThat(objects().getFirst().region()).isEqualTo(new Box(10, 10, 50, 50));
    }

    @Test
    void whileAnObjectIsMovedOnlyThePreviewChanges() {
        var box = Samples.addBox(workspace, "cat", new Box(10, 10, 50, 50));
        canvas.pressed(84, 84, Modifiers.NONE);
        canvas.dragged(104, 94, Modifiers.NONE);

        assertThat(canvas.previewProperty().get().moved())
                .containsEntry(box.id(), new Box(20, 15, 60, 55));
        assertThat(objects().getFirst().region()).isEqualTo(new Box(10, 10, 50, 50));
        assertThat(canvas.key(ToolKey.CANCEL, Modifiers.NONE)).isTrue();
        assertThat(canvas.previewProperty().get().moved()).isEmpty();
    }

    @Test
    void aKeyWithoutUseSaysSo() {
        assertThat(canvas.key(ToolKey.LEFT, Modifiers.NONE)).isFalse();
    }

    @Test
    void theWheelZoomsAtThePointerAndTheViewIsKeptWhenTheWindowGrows() {
        var before = canvas.camera().viewport().toImage(100, 100);
        canvas.camera().zoomAt(100, 100, 2);
        assertThat(canvas.camera().viewport().scale()).isEqualTo(4);
        assertThat(canvas.camera().viewport().toImage(100, 100)).isEqualTo(before);

        canvas.camera().resize(648, 248);
        assertThat(canvas.camera().viewport().scale()).isEqualTo(4);
        assertThat(canvas.camera().viewport().toImage(200, 100)).isEqualTo(before);
    }

    @Test
    void anotherImageIsFittedAgainAndGesturesOfTheLastOneEnd() {
        canvas.camera().zoomIn();
        canvas.toolProperty().set(ToolKind.BOX);
        canvas.pressed(44, 44, Modifiers.NONE);
        canvas.dragged(124, 84, Modifiers.NONE);
        workspace.step(1);

        assertThat(canvas.previewProperty().get()).isEqualTo(Preview.NONE);
        assertThat(canvas.camera().viewport()).isEqualTo(new Viewport(2, 24, 24));
        canvas.released(124, 84, Modifiers.NONE);
        assertThat(objects()).isEmpty();
    }

    @Test
    void aDoubleClickRenamesTheSelectedObjectAndFitsBesideIt() {
        var box = Samples.addBox(workspace, "cat", new Box(10, 10, 50, 50));
        workspace.select(Set.of(box.id()));
        canvas.doubleClicked(84, 84);
        assertThat(canvas.namingProperty().get()).contains(box.id());
        canvas.cancelNaming();

        canvas.camera().zoomIn();
        canvas.doubleClicked(440, 240);
        assertThat(canvas.namingProperty().get()).isEmpty();
        assertThat(canvas.camera().viewport().scale()).isEqualTo(2);
    }

    @Test
    void thePixelUnderThePointerIsTold() {
        canvas.moved(24 + 2 * 12 + 1, 24 + 2 * 7);
        assertThat(pointer.pixelProperty().get()).contains(new Point(12, 7));
        canvas.moved(2, 2);
        assertThat(pointer.pixelProperty().get()).isEqualTo(Optional.empty());
    }

    private List<ObjectAnnotation> objects() {
        return workspace.current().objects();
    }

    private void drag(double fromX, double fromY, double toX, double toY) {
        canvas.pressed(fromX, fromY, Modifiers.NONE);
        canvas.dragged((fromX + toX) / 2, (fromY + toY) / 2, Modifiers.NONE);
        canvas.dragged(toX, toY, Modifiers.NONE);
        canvas.released(toX, toY, Modifiers.NONE);
    }
}
