package org.palimpsest.dataset.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;

final class RebaseTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final AnnotatedImage empty =
            new AnnotatedImage(
                    new ImageEntry(ImageId.random(), Path.of("a.png"), new Size(100, 100)));
    private final ObjectAnnotation cat = object("cat");
    private final ObjectAnnotation dog = object("dog");

    private static ObjectAnnotation object(String label) {
        return ObjectAnnotation.of(label, new Box(1, 2, 30, 40), new Provenance.Drawn("ada", NOW));
    }

    private AnnotatedImage with(Annotation... annotations) {
        return empty.withAnnotations(List.of(annotations));
    }

    @Test
    void whatIsAddedComesOnTopOfWhatIsThereNow() {
        var edit = AddAnnotations.onTopOf(empty, List.of(cat));
        assertThat(Rebase.onto(with(dog), edit))
                .contains(AddAnnotations.onTopOf(with(dog), List.of(cat)));
    }

    @Test
    void whatIsRemovedIsFoundInItsNewPlace() {
        var edit = RemoveAnnotations.from(with(cat), Set.of(cat.id()));
        var rebased = Rebase.onto(with(dog, cat), edit).orElseThrow();
        assertThat(rebased.applyTo(with(dog, cat))).isEqualTo(with(dog));
    }

    @Test
    void whatIsGoneCannotBeChanged() {
        assertThat(Rebase.onto(with(dog), RemoveAnnotations.from(with(cat), Set.of(cat.id()))))
                .isEmpty();
        assertThat(
                        Rebase.onto(
                                with(dog),
                                new ReplaceAnnotation(
                                        empty.image().id(),
                                        cat,
                                        cat.correctLabel("lion", "ada", NOW))))
                .isEmpty();
    }

    @Test
    void aGroupIsRebasedEditByEdit() {
        var inProgress = empty.details().withState(ImageState.IN_PROGRESS);
        var edit =
                new EditGroup(
                        "add cat",
                        List.of(
                                AddAnnotations.onTopOf(empty, List.of(cat)),
                                ReplaceDetails.of(empty, inProgress)));
        var now = with(dog).withDetails(empty.details().withState(ImageState.PREDICTED));
        assertThat(Rebase.onto(now, edit).orElseThrow().applyTo(now))
                .isEqualTo(with(dog, cat).withDetails(inProgress));
    }
}
