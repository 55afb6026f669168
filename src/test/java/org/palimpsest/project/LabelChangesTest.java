package org.palimpsest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.dataset.edit.ReplaceLabels;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

class LabelChangesTest {
    @TempDir private Path folder;
    private Project project;

    @BeforeEach
    void create() throws ProblemException {
        project =
                Project.create(
                        folder.resolve("p.palimpsest"), InstantSource.fixed(RandomEdits.NOW));
        add("1.png", Map.of("cat", LabelCheck.NOT_EXHAUSTIVE), "cat", "dog", "cat");
        add("2.png", Map.of("cat", LabelCheck.ABSENT, "dog", LabelCheck.ABSENT));
        add("3.png", Map.of("dog", LabelCheck.ABSENT), "cat");
    }

    @AfterEach
    void close() throws ProblemException {
        project.close();
    }

    private void add(String name, Map<String, LabelCheck> checks, String... labels)
            throws ProblemException {
        var objects = new ArrayList<ObjectAnnotation>();
        for (var label : labels) {
            objects.add(object(label));
        }
        project.apply(
                new AddImage(
                        new AnnotatedImage(
                                        new ImageEntry(
                                                ImageId.random(),
                                                folder.resolve(name),
                                                new Size(9, 9)))
                                .withDetails(ImageDetails.NEW.withLabelChecks(checks))
                                .withAnnotations(objects)));
    }

    private static ObjectAnnotation object(String label) {
        return ObjectAnnotation.of(
                label, new Box(0, 0, 1, 1), new Provenance.Imported("COCO", "a.json"));
    }

    private record State(LabelSet labels, List<AnnotatedImage> images) {}

    private State state() throws ProblemException {
        var images = new ArrayList<AnnotatedImage>();
        project.dataset(ImageFilter.ALL).forEach(images::add);
        return new State(project.labels(), images);
    }

    private List<List<String>> labels() throws ProblemException {
        return state().images().stream()
                .map(image -> image.objects().stream().map(ObjectAnnotation::label).toList())
                .toList();
    }

    private List<Map<String, LabelCheck>> checks() throws ProblemException {
        return state().images().stream()
                .<Map<String, LabelCheck>>map(image -> image.details().labelChecks())
                .toList();
    }

    @Test
    void aPreviewCountsWhatIsTouched() throws ProblemException {
        assertThat(LabelChanges.preview(project, "cat"))
                .isEqualTo(new LabelChanges.Preview(3, 2, 2));
        assertThat(LabelChanges.previewSplit(project, "cat", ImageFilter.parse("label:dog")))
                .isEqualTo(new LabelChanges.Preview(2, 1, 0));
    }

    @Test
    void mergingMovesObjectsAndChecksAndIsOneStep() throws ProblemException {
        var before = state();
        LabelChanges.merge(project, "cat", "dog");
        var after = state();
        assertThat(labels())
                .containsExactly(List.of("dog", "dog", "dog"), List.of(), List.of("dog"));
        assertThat(checks())
                .as("absent only where both were")
                .containsExactly(
                        Map.of("dog", LabelCheck.NOT_EXHAUSTIVE),
                        Map.of("dog", LabelCheck.ABSENT),
                        Map.of());
        assertThat(project.labels().find("dog").map(Label::aliases)).contains(List.of("cat"));
        assertThat(project.labels().names()).containsExactly("dog");
        project.undo();
        assertThat(state()).isEqualTo(before);
        project.redo();
        assertThat(state()).isEqualTo(after);
    }

    @Test
    void splittingTakesTheObjectsOfSomeImages() throws ProblemException {
        var before = state().images();
        LabelChanges.split(project, "cat", "lion", ImageFilter.parse("label:dog"));
        assertThat(labels())
                .containsExactly(List.of("lion", "dog", "lion"), List.of(), List.of("cat"));
        project.undo();
        assertThat(state().images()).isEqualTo(before);
        assertThat(project.labels().names()).doesNotContain("lion");
    }

    @Test
    void deletingTakesObjectsAndChecksAlong() throws ProblemException {
        var before = state();
        LabelChanges.delete(project, "cat");
        assertThat(labels()).containsExactly(List.of("dog"), List.of(), List.of());
        assertThat(checks())
                .containsExactly(
                        Map.of(),
                        Map.of("dog", LabelCheck.ABSENT),
                        Map.of("dog", LabelCheck.ABSENT));
        assertThat(project.labels().names()).containsExactly("dog");
        project.undo();
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void renamingIsUndone() throws ProblemException {
        var before = state();
        LabelChanges.rename(project, "cat", "tiger");
        assertThat(labels().getLast()).containsExactly("tiger");
        project.undo();
        assertThat(state()).isEqualTo(before);
        assertThatThrownBy(() -> LabelChanges.rename(project, "cat", "dog"))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> LabelChanges.rename(project, "cow", "ox"))
                .hasMessageContaining("no label 'cow'");
    }

    @Test
    void aDeletedLabelComesBackThoughItsNameWasUsedAgain() throws ProblemException {
        var before = state();
        LabelChanges.delete(project, "cat");
        var last = state().images().getLast();
        project.apply(AddAnnotations.onTopOf(last, List.of(object("cat"))));
        var after = state();
        project.undo();
        project.undo();
        assertThat(state()).isEqualTo(before);
        project.redo();
        project.redo();
        assertThat(state().images()).isEqualTo(after.images());
        assertThat(project.labels().names()).containsExactlyInAnyOrder("dog", "cat");
    }

    @Test
    void anObjectThatComesBackBringsItsLabel() throws ProblemException {
        var last = state().images().getLast();
        project.apply(AddAnnotations.onTopOf(last, List.of(object("cow"))));
        var cow = state().images().getLast();
        project.apply(RemoveAnnotations.from(cow, Set.of(cow.annotations().getLast().id())));
        var labels = project.labels();
        project.apply(
                new ReplaceLabels(
                        labels,
                        new LabelSet(
                                labels.labels().stream()
                                        .filter(label -> !label.name().equals("cow"))
                                        .toList())));
        project.undo(cow.image().id());
        assertThat(state().images().getLast()).isEqualTo(cow);
        assertThat(project.labels().names()).contains("cow");
        assertThat(project.count(new ImageFilter.HasLabel("cow"))).isEqualTo(1);
    }

    @Test
    void aCorrectedObjectIsEditedAfterItsFirstLabelWasDeleted() throws ProblemException {
        var image = state().images().getLast();
        var cat = image.objects().getFirst();
        var corrected = cat.correctLabel("dog", "ada", RandomEdits.NOW);
        project.apply(ReplaceAnnotation.in(image, corrected));
        LabelChanges.delete(project, "cat");
        var moved = corrected.correctRegion(new Box(0, 0, 2, 2), "ada", RandomEdits.NOW);
        project.apply(ReplaceAnnotation.in(state().images().getLast(), moved));
        assertThat(state().images().getLast().annotations()).containsExactly(moved);
        assertThat(project.labels().names()).containsExactly("dog");
        project.undo();
        assertThat(state().images().getLast().annotations()).containsExactly(corrected);
    }
}
