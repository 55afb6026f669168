package org.palimpsest.dataset.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;

class EditHistoryTest {
    private static final Provenance ADA =
            new Provenance.Drawn("Ada", Instant.parse("2026-11-02T08:00:00Z"));

    private static final class Images implements EditTarget {
        private final Map<ImageId, AnnotatedImage> images = new LinkedHashMap<>();

        private Images(int count) {
            for (int i = 0; i < count; i++) {
                var entry =
                        new ImageEntry(ImageId.random(), Path.of(i + ".png"), new Size(100, 100));
                images.put(entry.id(), new AnnotatedImage(entry));
            }
        }

        private AnnotatedImage get(int index) {
            return List.copyOf(images.values()).get(index);
        }

        private List<AnnotatedImage> all() {
            return List.copyOf(images.values());
        }

        @Override
        public AnnotatedImage image(ImageId id) {
            return Objects.requireNonNull(images.get(id));
        }

        @Override
        public void replace(List<AnnotatedImage> changed) {
            changed.forEach(image -> images.put(image.image().id(), image));
        }
    }

    @Test
    void anyEditFollowedByItsInverseChangesNothing() {
        var random = new Random(11);
        var images = new Images(3);
        for (int i = 0; i < 3000; i++) {
            var edit = randomEdit(random, images.all(), 2);
            for (var before : images.all()) {
                var after = edit.applyTo(before);
                assertThat(edit.inverse().applyTo(after)).isEqualTo(before);
                assertThat(edit.images().contains(before.image().id()) || after == before).isTrue();
            }
            assertThat(edit.inverse().inverse()).isEqualTo(edit);
            assertThat(edit.title()).isNotBlank();
            new EditHistory(images).apply(edit);
        }
    }

    /// The model is a list of all states with a finger on the present one.
    @Test
    void anySequenceOfEditsUndosAndRedosMovesThroughTheSameStates() {
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            var images = new Images(2);
            var history = new EditHistory(images);
            var states = new ArrayList<>(List.of(images.all()));
            int present = 0;
            for (int i = 0; i < 200; i++) {
                switch (random.nextInt(5)) {
                    case 0, 1 -> {
                        assertThat(history.undo().isPresent()).isEqualTo(present > 0);
                        present = Math.max(0, present - 1);
                    }
                    case 2 -> {
                        boolean possible = present + 1 < states.size();
                        assertThat(history.redo().isPresent()).isEqualTo(possible);
                        present = possible ? present + 1 : present;
                    }
                    default -> {
                        history.apply(randomEdit(random, images.all(), 2));
                        states.subList(present + 1, states.size()).clear();
                        states.add(images.all());
                        present++;
                    }
                }
                assertThat(images.all()).isEqualTo(states.get(present));
                assertThat(history.nextUndo().isPresent()).isEqualTo(present > 0);
                assertThat(history.nextRedo().isPresent()).isEqualTo(present + 1 < states.size());
            }
        }
    }

    @Test
    void undoIsUnlimited() {
        var images = new Images(1);
        var history = new EditHistory(images);
        for (int i = 0; i < 2000; i++) {
            history.apply(AddAnnotations.onTopOf(images.get(0), List.of(box("cat"))));
            if (images.get(0).annotations().size() > 20) {
                var first = images.get(0).annotations().getFirst();
                history.apply(RemoveAnnotations.from(images.get(0), Set.of(first.id())));
            }
        }
        int steps = 0;
        while (history.undo().isPresent()) {
            steps++;
        }
        assertThat(steps).isEqualTo(2000 + 1980);
        assertThat(images.get(0).annotations()).isEmpty();
    }

    @Test
    void removedAnnotationsComeBackToTheirPlaces() {
        var images = new Images(1);
        var history = new EditHistory(images);
        var four = List.of(box("a"), box("b"), box("c"), box("d"));
        history.apply(AddAnnotations.onTopOf(images.get(0), four));
        history.apply(
                RemoveAnnotations.from(images.get(0), Set.of(four.get(0).id(), four.get(2).id())));
        assertThat(images.get(0).annotations()).containsExactly(four.get(1), four.get(3));
        history.undo();
        assertThat(images.get(0).annotations()).isEqualTo(four);
    }

    @Test
    void anEditThatDoesNotFitChangesNothing() {
        var images = new Images(2);
        var history = new EditHistory(images);
        var cat = box("cat");
        history.apply(AddAnnotations.onTopOf(images.get(0), List.of(cat)));
        var before = images.all();
        var stranger = box("dog");
        var fits = AddAnnotations.onTopOf(images.get(1), List.of(stranger));
        var id = images.get(0).image().id();
        for (var misfit :
                List.<Edit>of(
                        AddAnnotations.onTopOf(images.get(0), List.of(cat)),
                        new AddAnnotations(id, List.of(new PlacedAnnotation(7, stranger))),
                        new RemoveAnnotations(id, List.of(new PlacedAnnotation(0, stranger))),
                        new RemoveAnnotations(id, List.of(new PlacedAnnotation(4, cat))),
                        new ReplaceAnnotation(id, stranger, stranger))) {
            assertThatIllegalStateException().isThrownBy(() -> history.apply(misfit));
            assertThatIllegalStateException()
                    .isThrownBy(() -> history.apply(new EditGroup("both", List.of(fits, misfit))));
            assertThat(images.all()).isEqualTo(before);
            assertThat(history.nextUndo().map(Edit::title)).hasValue("add cat");
        }
    }

    @Test
    void titlesSayWhatWasDone() {
        var image = new Images(1).get(0);
        var cat = box("cat");
        var caption = TextAnnotation.of("caption en", "a cat", ADA);
        var both = AddAnnotations.onTopOf(image, List.of(cat, caption));
        var full = both.applyTo(image);
        assertThat(both.title()).isEqualTo("add 2 annotations");
        assertThat(AddAnnotations.onTopOf(image, List.of(cat, box("cat"))).title())
                .isEqualTo("add 2 cat");
        assertThat(RemoveAnnotations.from(full, Set.of(cat.id())).title()).isEqualTo("delete cat");
        assertThat(title(full, cat.correctLabel("dog", "Ada", Instant.EPOCH)))
                .isEqualTo("rename cat to dog");
        assertThat(title(full, cat.correctRegion(new Box(0, 0, 1, 1), "Ada", Instant.EPOCH)))
                .isEqualTo("reshape cat");
        assertThat(title(full, cat.withReview(ReviewState.ACCEPTED))).isEqualTo("review cat");
        assertThat(title(full, caption.withReview(ReviewState.ACCEPTED))).isEqualTo("review text");
        assertThat(title(full, caption.correctText("a dog", "Ada", Instant.EPOCH)))
                .isEqualTo("change text");
    }

    @Test
    void editsRefuseNonsense() {
        var image = new Images(1).get(0);
        var id = image.image().id();
        assertThatIllegalArgumentException().isThrownBy(() -> new AddAnnotations(id, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new EditGroup("x", List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplaceAnnotation(id, box("a"), box("a")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemoveAnnotations.from(image, Set.of(AnnotationId.random())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReplaceAnnotation.in(image, box("a")));
        var rising = List.of(new PlacedAnnotation(1, box("a")), new PlacedAnnotation(1, box("b")));
        assertThatIllegalArgumentException().isThrownBy(() -> new AddAnnotations(id, rising));
    }

    private static String title(AnnotatedImage image, Annotation after) {
        return ReplaceAnnotation.in(image, after).title();
    }

    private static ObjectAnnotation box(String label) {
        return ObjectAnnotation.of(label, new Box(1, 2, 3, 4), ADA);
    }

    private static Edit randomEdit(Random random, List<AnnotatedImage> images, int depth) {
        if (depth > 0 && random.nextInt(4) == 0) {
            var edits = new ArrayList<Edit>();
            var states = new ArrayList<>(images);
            for (int i = random.nextInt(4); i >= 0; i--) {
                var edit = randomEdit(random, states, depth - 1);
                states.replaceAll(edit::applyTo);
                edits.add(edit);
            }
            return new EditGroup("group", edits);
        }
        var image = images.get(random.nextInt(images.size()));
        var present = image.annotations();
        int kind = present.isEmpty() ? 0 : random.nextInt(present.size() > 12 ? 1 : 0, 3);
        return switch (kind) {
            case 0 -> {
                var placed = new ArrayList<PlacedAnnotation>();
                int index = random.nextInt(present.size() + 1);
                for (int i = random.nextInt(3); i >= 0; i--) {
                    placed.add(new PlacedAnnotation(index, randomAnnotation(random)));
                    index += 1 + (index <= present.size() ? random.nextInt(2) : 0);
                    index = Math.min(index, present.size() + placed.size());
                }
                yield new AddAnnotations(image.image().id(), placed);
            }
            case 1 -> {
                var ids = new HashSet<AnnotationId>();
                ids.add(present.get(random.nextInt(present.size())).id());
                present.stream()
                        .filter(_ -> random.nextInt(3) == 0)
                        .forEach(annotation -> ids.add(annotation.id()));
                yield RemoveAnnotations.from(image, ids);
            }
            default -> {
                var old = present.get(random.nextInt(present.size()));
                yield ReplaceAnnotation.in(
                        image,
                        switch (old) {
                            case ObjectAnnotation object ->
                                    object.correctRegion(
                                            new Box(0, 0, random.nextInt(90), 5),
                                            "Ada",
                                            Instant.EPOCH);
                            case TextAnnotation text ->
                                    text.correctText("t" + random.nextInt(9), "Ada", Instant.EPOCH);
                        });
            }
        };
    }

    private static Annotation randomAnnotation(Random random) {
        return random.nextBoolean()
                ? box("label " + random.nextInt(4))
                : TextAnnotation.of("caption en", "text " + random.nextInt(4), ADA);
    }
}
