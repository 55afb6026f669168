package org.palimpsest.ui.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.geometry.Box;

final class WorkspaceTest {
    private static final Box BOX = new Box(10, 10, 20, 20);

    private final Workspace workspace = Samples.workspace();
    private final List<ImageEntry> images = Samples.entries(3);

    @BeforeEach
    void open() {
        workspace.open(images);
    }

    @Test
    void theFirstImageIsShownAndStepsStopAtTheEnds() {
        assertThat(workspace.currentImage()).isEqualTo(images.getFirst());
        workspace.step(-1);
        assertThat(workspace.currentImage()).isEqualTo(images.getFirst());
        workspace.step(10);
        assertThat(workspace.currentImage()).isEqualTo(images.getLast());
    }

    @Test
    void undoShowsTheImageThatItChanges() {
        Samples.addBox(workspace, "cat", BOX);
        workspace.step(2);

        workspace.undo();

        assertThat(workspace.currentImage()).isEqualTo(images.getFirst());
        assertThat(workspace.current().annotations()).isEmpty();
        assertThat(workspace.redoTitleProperty().get()).isEqualTo("add cat");
        workspace.redo();
        assertThat(workspace.current().objects()).hasSize(1);
    }

    @Test
    void whatIsDeletedIsNotSelectedAnyMore() {
        var first = Samples.addBox(workspace, "cat", BOX);
        var second = Samples.addBox(workspace, "dog", BOX);
        workspace.select(Set.of(first.id(), second.id()));

        workspace.deleteSelection();

        assertThat(workspace.selection()).isEmpty();
        assertThat(workspace.current().annotations()).isEmpty();
        workspace.undo();
        assertThat(workspace.current().objects()).containsExactly(first, second);
    }

    @Test
    void anotherImageHasNoSelection() {
        var box = Samples.addBox(workspace, "cat", BOX);
        workspace.select(Set.of(box.id()));
        workspace.step(1);
        assertThat(workspace.selection()).isEmpty();
    }

    @Test
    void labelsGetDifferentColoursInTheOrderInWhichTheyAreMet() {
        Samples.addBox(workspace, "cat", BOX);
        Samples.addBox(workspace, "dog", BOX);

        assertThat(workspace.labelsProperty().get().names()).containsExactly("cat", "dog");
        assertThat(workspace.color("cat")).isNotEqualTo(workspace.color("dog"));
        assertThat(workspace.color("cat")).isEqualTo(workspace.color("cat"));
    }

    @Test
    void proposalsForOtherPromptsStay() {
        var image = images.getFirst().id();
        workspace.propose(
                image, "detect cat", List.of(Samples.predicted("cat", BOX, "detect cat")));
        workspace.propose(
                image, "detect dog", List.of(Samples.predicted("dog", BOX, "detect dog")));
        workspace.propose(
                image, "detect cat", List.of(Samples.predicted("lion", BOX, "detect cat")));

        assertThat(workspace.current().objects())
                .extracting(object -> object.label())
                .containsExactly("dog", "lion");
        workspace.undo();
        assertThat(workspace.current().objects())
                .extracting(object -> object.label())
                .containsExactly("cat", "dog");
    }

    @Test
    void aProposalForAnImageThatIsNotOpenAnyMoreIsDropped() {
        workspace.propose(
                ImageId.random(), "detect cat", List.of(Samples.predicted("cat", BOX, "p")));
        assertThat(workspace.undoTitleProperty().get()).isEmpty();
    }

    @Test
    void listenersHearWhichImageChanged() {
        var heard = new ArrayList<ImageId>();
        workspace.onChange(heard::add);
        Samples.addBox(workspace, "cat", BOX);
        workspace.undo();
        assertThat(heard).containsExactly(images.getFirst().id(), images.getFirst().id());
    }

    @Test
    void otherImagesBeginWithAnEmptyHistory() {
        Samples.addBox(workspace, "cat", BOX);
        workspace.open(Samples.entries(1));
        assertThat(workspace.undoTitleProperty().get()).isEmpty();
        workspace.undo();
        assertThat(workspace.current().annotations()).isEmpty();
        assertThat(workspace.all()).hasSize(1);
    }

    @Test
    void anEditOfAnUnknownImageIsRefusedAndChangesNothing() {
        var stranger = new AnnotatedImage(Samples.entries(1).getFirst());
        var edit = AddAnnotations.onTopOf(stranger, List.of(Samples.drawn("cat", BOX)));
        assertThrows(IllegalStateException.class, () -> workspace.apply(edit));
        assertThat(workspace.undoTitleProperty().get()).isEmpty();
    }
}
