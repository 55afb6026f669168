package org.palimpsest.ui.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.EditGroup;
import org.palimpsest.dataset.edit.Proposals;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.problem.ProblemException;

final class WorkspaceTest {
    private static final Box BOX = new Box(10, 10, 20, 20);

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(new ImmediateTaskRunner(), dialogs);
    private final List<ImageEntry> images = Samples.entries(3);

    @BeforeEach
    void open() {
        Samples.open(workspace, images);
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

        assertThat(workspace.labels().names()).containsExactly("cat", "dog");
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
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("add images");
        assertThat(dialogs.problems).isEmpty();
    }

    @Test
    void listenersHearWhichImageChanged() {
        var heard = new HashSet<ImageId>();
        workspace.onChange(heard::addAll);
        Samples.addBox(workspace, "cat", BOX);
        assertThat(heard).containsExactly(images.getFirst().id());
        heard.clear();
        workspace.undo();
        assertThat(heard).containsExactly(images.getFirst().id());
    }

    @Test
    void anotherProjectHasAHistoryOfItsOwn() {
        Samples.addBox(workspace, "cat", BOX);
        Samples.open(workspace, Samples.entries(1));
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("add images");
        assertThat(workspace.current().annotations()).isEmpty();
        assertThat(workspace.labels().names()).isEmpty();
        assertThat(workspace.images().lines()).hasSize(1);
    }

    @Test
    void undoAndRedoOutliveTheProgram() throws Exception {
        var file = Samples.open(workspace, images);
        var box = Samples.addBox(workspace, "cat", BOX);
        workspace.use(null);

        workspace.use(OpenProject.open(file, false, InstantSource.fixed(Samples.NOW)));
        assertThat(workspace.current().objects()).containsExactly(box);
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("add cat");
        workspace.undo();
        assertThat(workspace.current().objects()).isEmpty();
        workspace.use(null);

        workspace.use(OpenProject.open(file, false, InstantSource.fixed(Samples.NOW)));
        workspace.redo();
        assertThat(workspace.current().objects()).containsExactly(box);
        assertThat(workspace.labels().names()).containsExactly("cat");
    }

    @Test
    void aSecondWindowIsRefused() {
        var file = Samples.open(workspace, images);
        assertThatThrownBy(() -> OpenProject.open(file, false, InstantSource.system()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("open in another window");
    }

    @Test
    void whatAPersonDoesPutsTheImageInProgressInTheSameStep() {
        Samples.addBox(workspace, "cat", BOX);
        assertThat(workspace.current().details().state()).isEqualTo(ImageState.IN_PROGRESS);
        assertThat(workspace.images().lines().getFirst().state()).isEqualTo(ImageState.IN_PROGRESS);
        assertThat(workspace.images().lines().getFirst().objects()).isEqualTo(1);
        workspace.undo();
        assertThat(workspace.current().details().state()).isEqualTo(ImageState.NEW);
    }

    @Test
    void aProposalForAnImageThatIsNotOnTheScreenIsThereWhenItIsShown() {
        var second = images.get(1).id();
        workspace.propose(
                second, "detect cat", List.of(Samples.predicted("cat", BOX, "detect cat")));
        assertThat(workspace.images().lines().get(1).state()).isEqualTo(ImageState.PREDICTED);
        workspace.step(1);
        assertThat(workspace.current().objects()).hasSize(1);
    }

    @Test
    void anEditAfterAnUndoThatIsUnderWayIsDoneToTheImageAsItIsThen() {
        var queue = new ArrayDeque<Runnable>();
        var slow =
                new Workspace(
                        InstantSource.fixed(Samples.NOW),
                        "ada",
                        new ImmediateTaskRunner(),
                        queue::add,
                        (_, all, _, _, _) -> all,
                        dialogs::show);
        Samples.open(slow, images);
        run(queue);
        Samples.addBox(slow, "cat", BOX);
        slow.undo();
        Samples.addBox(slow, "dog", BOX);
        assertThat(slow.current().objects())
                .as("the image as it will be is not known yet")
                .extracting(object -> object.label())
                .containsExactly("cat");
        slow.undo();
        slow.redo();
        run(queue);

        assertThat(slow.current().objects())
                .extracting(object -> object.label())
                .containsExactly("dog");
        assertThat(slow.undoTitleProperty().get()).isEqualTo("add dog");
        assertThat(dialogs.problems).isEmpty();

        var gone = slow.current().objects().getFirst();
        slow.undo();
        slow.apply(
                ReplaceAnnotation.in(
                        slow.current(), gone.correctLabel("lion", "ada", Samples.NOW)));
        run(queue);
        assertThat(slow.current().objects()).isEmpty();
        assertThat(dialogs.problems).as("what cannot be done any more is told").hasSize(1);
        slow.use(null);
        run(queue);
    }

    private static void run(ArrayDeque<Runnable> queue) {
        while (!queue.isEmpty()) {
            queue.remove().run();
        }
    }

    @Test
    void aChangeThatCameInBetweenDoesNotCostThePersonsWork() throws Exception {
        var first = images.getFirst().id();
        var other = Samples.predicted("bird", BOX, "detect bird");
        var project = workspace.project().orElseThrow();
        var before = project.image(first).orElseThrow();
        project.apply(
                new EditGroup(
                        "detect bird", Proposals.edits(before, "detect bird", List.of(other))));

        var box = Samples.addBox(workspace, "cat", BOX);

        assertThat(workspace.current().objects()).containsExactly(other, box);
        assertThat(workspace.current().details().state()).isEqualTo(ImageState.IN_PROGRESS);
        assertThat(dialogs.problems).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsKeptAndWrittenLater() throws Exception {
        var file = Samples.open(workspace, images);
        Box there;
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            Samples.addBox(workspace, "cat", BOX);
            assertThat(workspace.saveStateProperty().get())
                    .isInstanceOfSatisfying(
                            SaveState.Failing.class,
                            failing -> assertThat(failing.count()).isEqualTo(1));
            there = (Box) workspace.current().objects().getFirst().region();
            statement.execute("ROLLBACK");
        }
        assertThat(there).isEqualTo(BOX);
        workspace.step(1);
        workspace.step(-1);
        assertThat(workspace.current().objects()).hasSize(1);

        workspace.saveAgain();
        assertThat(workspace.saveStateProperty().get()).isEqualTo(SaveState.SAVED);
        workspace.use(null);
        workspace.use(OpenProject.open(file, false, InstantSource.fixed(Samples.NOW)));
        assertThat(workspace.current().objects()).hasSize(1);
    }

    @Test
    void anEditOfAnUnknownImageIsRefusedAndChangesNothing() {
        var stranger = new AnnotatedImage(Samples.entries(1).getFirst());
        var edit = AddAnnotations.onTopOf(stranger, List.of(Samples.drawn("cat", BOX)));
        workspace.apply(edit);
        assertThat(dialogs.problems).hasSize(1);
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("add images");
        assertThat(workspace.saveStateProperty().get()).isEqualTo(SaveState.SAVED);
    }
}
