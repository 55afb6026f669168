package org.palimpsest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.dataset.edit.EditGroup;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.RenameLabel;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.dataset.edit.ReplaceLabels;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

class ProjectTest {
    private static final Provenance DRAWN = new Provenance.Drawn("ada", RandomEdits.NOW);

    @TempDir private Path folder;
    private Path file;
    private Project project;

    @BeforeEach
    void create() throws ProblemException {
        file = folder.resolve("some.palimpsest");
        project = Project.create(file, InstantSource.fixed(RandomEdits.NOW));
    }

    @AfterEach
    void close() throws ProblemException {
        project.close();
    }

    private void reopen() throws ProblemException {
        project.close();
        project = Project.open(file, InstantSource.fixed(RandomEdits.NOW));
    }

    private List<AnnotatedImage> images() throws ProblemException {
        var all = new ArrayList<AnnotatedImage>();
        project.dataset(ImageFilter.ALL).forEach(all::add);
        return all;
    }

    private AnnotatedImage addImage(String name) throws ProblemException {
        var image =
                new AnnotatedImage(
                        new ImageEntry(ImageId.random(), folder.resolve(name), new Size(100, 80)));
        project.apply(new AddImage(image));
        return image;
    }

    private static ObjectAnnotation cat() {
        return ObjectAnnotation.of("cat", new Box(1, 2, 3, 4), DRAWN);
    }

    private AnnotatedImage now(AnnotatedImage image) throws ProblemException {
        return project.image(image.image().id()).orElseThrow();
    }

    private void add(AnnotatedImage image, ObjectAnnotation object) throws ProblemException {
        project.apply(AddAnnotations.onTopOf(now(image), List.of(object)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void editsAreKeptAndTakenBackAsTheyAreInMemory(long seed) throws ProblemException {
        var edits = new RandomEdits(seed, folder);
        var states = new ArrayList<List<AnnotatedImage>>();
        states.add(List.of());
        for (int i = 0; i < 60; i++) {
            project.apply(edits.next());
            states.add(edits.images());
            assertThat(images()).isEqualTo(edits.images());
            if (i % 20 == 7) {
                reopen();
            }
        }
        for (int i = 59; i >= 0; i--) {
            assertThat(project.undo()).isPresent();
            assertThat(images()).containsExactlyInAnyOrderElementsOf(states.get(i));
            if (i % 20 == 7) {
                reopen();
            }
        }
        assertThat(project.undo()).isEmpty();
        for (int i = 1; i <= 60; i++) {
            assertThat(project.redo()).isPresent();
            assertThat(images()).isEqualTo(states.get(i));
        }
        assertThat(project.redo()).isEmpty();
        assertThat(ProjectCheck.check(project, false, Progress.NONE).findings())
                .extracting(ProjectCheck.Finding::place)
                .noneMatch(place -> place.equals("database") || place.startsWith("table"));
    }

    @Test
    void eachImageHasAHistoryOfItsOwn() throws ProblemException {
        var one = addImage("1.png");
        var two = addImage("2.png");
        add(one, cat());
        add(two, cat());

        assertThat(project.undo(one.image().id()).orElseThrow().images())
                .containsExactly(one.image().id());
        assertThat(now(one).annotations()).isEmpty();
        assertThat(now(two).annotations()).hasSize(1);
        project.redo(one.image().id());
        assertThat(now(one).annotations()).hasSize(1);
        project.undo();
        assertThat(now(one).annotations()).as("redone last, so undone first").isEmpty();
    }

    @Test
    void aRunOverManyImagesIsOneStepAndWaitsForWhatCameAfterIt() throws ProblemException {
        var one = addImage("1.png");
        var two = addImage("2.png");
        var step = project.beginStep("detect cat");
        step.add(List.of(AddAnnotations.onTopOf(now(one), List.of(cat()))));
        reopen();
        var resumed = project.resumeStep(step.id()).orElseThrow();
        resumed.add(List.of(AddAnnotations.onTopOf(now(two), List.of(cat()))));
        resumed.end();
        project.apply(ReplaceDetails.of(now(two), now(two).details().withState(ImageState.DONE)));

        assertThatThrownBy(() -> project.undo(one.image().id()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("mark image as done");
        assertThat(now(one).annotations()).hasSize(1);
        project.undo(two.image().id());
        assertThat(project.undo(one.image().id()).orElseThrow().title()).isEqualTo("detect cat");
        assertThat(now(one).annotations()).isEmpty();
        assertThat(now(two).annotations()).isEmpty();
        assertThat(project.resumeStep(step.id())).isEmpty();
    }

    @Test
    void anEditAfterAnUndoForgetsOnlyWhatItContradicts() throws ProblemException {
        var one = addImage("1.png");
        var two = addImage("2.png");
        add(one, cat());
        add(two, cat());
        project.undo();
        project.undo();
        add(one, ObjectAnnotation.of("dog", new Box(0, 0, 1, 1), DRAWN));
        assertThat(project.redo(one.image().id())).isEmpty();
        assertThat(project.redo(two.image().id())).isPresent();
        assertThat(now(two).annotations()).hasSize(1);
    }

    @Test
    void labelsAreRenamedWithTheirObjectsAndTheirHistory() throws ProblemException {
        var image = addImage("1.png");
        add(image, cat());
        project.apply(
                RemoveAnnotations.from(
                        now(image), Set.of(now(image).annotations().getFirst().id())));
        project.apply(new RenameLabel("cat", "tiger"));
        assertThat(project.labels().names()).containsExactly("tiger");
        assertThat(project.undo(image.image().id())).isPresent();
        assertThat(now(image).objects().getFirst().label()).isEqualTo("tiger");
        project.undo();
        assertThat(now(image).objects().getFirst().label()).isEqualTo("cat");
    }

    @Test
    void aLabelInUseIsNotDeleted() throws ProblemException {
        var image = addImage("1.png");
        add(image, cat());
        var labels = project.labels();
        assertThatThrownBy(() -> project.apply(new ReplaceLabels(labels, LabelSet.EMPTY)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("'cat' is in use");
        assertThat(project.labels()).isEqualTo(labels);
    }

    @Test
    void labelsAreDescribedReorderedAndBroughtBack() throws ProblemException {
        var dog = new Label("dog", 0x112233, "d", "barks", List.of("hound"));
        var before = project.labels();
        project.apply(new ReplaceLabels(before, new LabelSet(List.of(dog, new Label("cat", 1)))));
        var first = project.labels();
        project.apply(new ReplaceLabels(first, new LabelSet(List.of(new Label("cat", 2)))));
        assertThat(project.labels().labels()).containsExactly(new Label("cat", 2));
        reopen();
        project.undo();
        assertThat(project.labels()).isEqualTo(first);
        project.undo();
        assertThat(project.labels()).isEqualTo(before);
        project.redo();
        assertThat(project.labels()).isEqualTo(first);
    }

    @Test
    void aStaleEditChangesNothing() throws ProblemException {
        var image = addImage("1.png");
        var stale = ReplaceDetails.of(image, image.details().withNotes("one"));
        project.apply(stale);
        assertThatThrownBy(() -> project.apply(stale)).isInstanceOf(IllegalStateException.class);
        var addsALabel =
                new EditGroup(
                        "two", List.of(AddAnnotations.onTopOf(now(image), List.of(cat())), stale));
        assertThatThrownBy(() -> project.apply(addsALabel))
                .isInstanceOf(IllegalStateException.class);
        assertThat(now(image).annotations()).isEmpty();
        assertThat(project.labels()).isEqualTo(LabelSet.EMPTY);
        assertThat(project.nextUndo()).isEqualTo(Optional.of("change image details"));
        add(image, cat());
        assertThat(now(image).objects()).hasSize(1);
    }

    @Test
    void anAnnotationThatChangedMeanwhileIsNeitherReplacedNorRemoved() throws ProblemException {
        var image = addImage("1.png");
        add(image, cat());
        var before = now(image);
        var object = before.objects().getFirst();
        var stale = ReplaceAnnotation.in(before, object.withRegion(new Box(0, 0, 9, 9)));
        var removal = RemoveAnnotations.from(before, Set.of(object.id()));
        project.apply(ReplaceAnnotation.in(before, object.withCrowd(true)));
        var after = now(image);
        assertThatThrownBy(() -> project.apply(stale)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> project.apply(removal)).isInstanceOf(IllegalStateException.class);
        assertThat(now(image)).isEqualTo(after);
    }

    @Test
    void pathsStandFromTheProjectsFolder() throws Exception {
        addImage("sub/1.png");
        project.close();
        var moved = folder.resolve("elsewhere");
        Files.createDirectories(moved);
        Files.move(file, moved.resolve("p.palimpsest"));
        file = moved.resolve("p.palimpsest");
        project = Project.open(file, InstantSource.fixed(RandomEdits.NOW));
        assertThat(images().getFirst().image().file()).isEqualTo(moved.resolve("sub/1.png"));
    }

    @Test
    void anImageIsReadWhileOthersAreEdited() throws ProblemException {
        var one = addImage("1.png");
        addImage("2.png");
        var seen = new ArrayList<Integer>();
        project.dataset(ImageFilter.ALL)
                .forEach(image -> {
                    add(one, cat());
                    seen.add(image.annotations().size());
                });
        assertThat(seen).as("one state of the project").containsExactly(0, 0);
    }
}
