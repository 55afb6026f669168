package org.palimpsest.ui.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Original;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class InspectorViewModelTest {
    private static final Box BOX = new Box(10, 20, 110, 70);

    private final Workspace workspace = Samples.workspace();
    private final InspectorViewModel inspector = new InspectorViewModel(workspace);

    @BeforeEach
    void open() {
        Samples.open(workspace, Samples.entries(2));
    }

    @Test
    void theListFollowsTheImageOnTheScreen() {
        var box = Samples.addBox(workspace, "cat", BOX);
        assertThat(inspector.annotations()).containsExactly(box);
        workspace.step(1);
        assertThat(inspector.annotations()).isEmpty();
    }

    @Test
    void detailsAreOfTheOneThatIsSelected() {
        var first = Samples.addBox(workspace, "cat", BOX);
        var second = Samples.addBox(workspace, "dog", BOX);
        assertThat(inspector.singleProperty().get()).isEmpty();
        inspector.select(Set.of(first.id()));
        assertThat(inspector.singleProperty().get()).contains(first);
        inspector.select(Set.of(first.id(), second.id()));
        assertThat(inspector.singleProperty().get()).isEmpty();
    }

    @Test
    void aRenamedProposalIsACorrectionByThePerson() {
        var proposed = Samples.predicted("cat", BOX, "detect cat");
        workspace.propose(workspace.currentImage().id(), "detect cat", List.of(proposed));
        inspector.select(Set.of(proposed.id()));

        inspector.rename(" small   dog ");

        var renamed = (ObjectAnnotation) inspector.singleProperty().get().orElseThrow();
        assertThat(renamed.label()).isEqualTo("small dog");
        assertThat(renamed.review()).isEqualTo(ReviewState.ACCEPTED);
        assertThat(renamed.provenance())
                .isEqualTo(
                        new Provenance.Corrected(
                                proposed.provenance(),
                                new Original.OfObject("cat", BOX),
                                "ada",
                                Samples.NOW));
        assertThat(Descriptions.origin(renamed.provenance()))
                .isEqualTo("Corrected by ada. Proposed by toy for “detect cat”, score 0.90");
    }

    @Test
    void theSameOrAnEmptyNameIsNoEdit() {
        var box = Samples.addBox(workspace, "cat", BOX);
        inspector.select(Set.of(box.id()));
        inspector.rename("cat");
        inspector.rename("  ");
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("add cat");
    }

    @Test
    void aTextCanBeRewritten() {
        var text =
                TextAnnotation.of("caption en", "a cat", new Provenance.Drawn("ada", Samples.NOW));
        workspace.propose(workspace.currentImage().id(), "caption en", List.of(text));
        inspector.select(Set.of(text.id()));

        inspector.rewrite("two cats\n");

        assertThat(((TextAnnotation) inspector.annotations().getFirst()).text())
                .isEqualTo("two cats");
        workspace.undo();
        assertThat(((TextAnnotation) inspector.annotations().getFirst()).text()).isEqualTo("a cat");
    }

    @Test
    void placesAreGivenInWholePixels() {
        assertThat(Descriptions.place(Samples.drawn("cat", BOX)))
                .isEqualTo("x 10  y 20 · 100 × 50 px");
    }
}
