package org.palimpsest.ui.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Original;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class InspectorViewModelTest {
    private static final Box BOX = new Box(10, 20, 110, 70);

    private final Workspace workspace = Samples.workspace();
    private final InspectorViewModel inspector = new InspectorViewModel(workspace);
    private final DetailsViewModel details = new DetailsViewModel(workspace, inspector);

    @BeforeEach
    void open() {
        Samples.open(workspace, Samples.entries(2));
    }

    @Test
    void theListFollowsTheImageOnTheScreen() {
        var box = Samples.addBox(workspace, "cat", BOX);
        assertThat(inspector.objects()).containsExactly(box);
        workspace.step(1);
        assertThat(inspector.objects()).isEmpty();
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
    void typingAndTheStateOfReviewFilterTheList() {
        var cat = Samples.addBox(workspace, "black cat", BOX);
        var dog = Samples.addBox(workspace, "dog", BOX);
        var proposed = Samples.predicted("cat", BOX, "detect cat");
        workspace.propose(workspace.currentImage().id(), "detect cat", List.of(proposed));

        inspector.wordsProperty().set("CAT");
        assertThat(inspector.objects()).containsExactly(cat, proposed);
        inspector.shownProperty().set(Shown.WAITING);
        assertThat(inspector.objects()).containsExactly(proposed);
        inspector.wordsProperty().set("");
        inspector.shownProperty().set(Shown.HUMAN);
        assertThat(inspector.objects()).containsExactly(cat, dog);
        inspector.shownProperty().set(Shown.REJECTED);
        assertThat(inspector.objects()).isEmpty();
        assertThat(inspector.totalProperty().get()).isEqualTo(3);
        assertThat(inspector.allFilteredOut()).isTrue();
    }

    @Test
    void anEditOfOneAmongTenThousandChangesOneRow() {
        var many = new ArrayList<ObjectAnnotation>();
        for (int i = 0; i < 10_000; i++) {
            many.add(Samples.drawn("cat", new Box(i % 100, 0, 100 + i % 100, 50)));
        }
        workspace.apply(AddAnnotations.onTopOf(workspace.current(), many));
        var changes = new ArrayList<String>();
        inspector
                .objects()
                .addListener(
                        (ListChangeListener<ObjectAnnotation>)
                                change -> {
                                    while (change.next()) {
                                        changes.add(
                                                change.getFrom()
                                                        + "-"
                                                        + change.getTo()
                                                        + " instead of "
                                                        + change.getRemovedSize());
                                    }
                                });

        inspector.select(Set.of(many.get(7_000).id()));
        details.rename("dog");
        workspace.deleteSelection();

        assertThat(changes).containsExactly("7000-7001 instead of 1", "7000-7000 instead of 1");
    }

    @Test
    void aRenamedProposalIsACorrectionThatCanBeTakenBack() {
        var proposed = Samples.predicted("cat", BOX, "detect cat");
        workspace.propose(workspace.currentImage().id(), "detect cat", List.of(proposed));
        inspector.select(Set.of(proposed.id()));

        details.rename(" small   dog ");

        var renamed = inspector.singleProperty().get().orElseThrow();
        assertThat(renamed.label()).isEqualTo("small dog");
        assertThat(renamed.review()).isEqualTo(ReviewState.ACCEPTED);
        assertThat(renamed.provenance())
                .isEqualTo(
                        new Provenance.Corrected(
                                proposed.provenance(),
                                new Original.OfObject("cat", BOX),
                                "ada",
                                Samples.NOW));
        assertThat(Descriptions.origin(renamed.provenance(), ZoneOffset.UTC))
                .isEqualTo(
                        "Corrected by ada, Jan 2, 2026, 3:04\u202fAM\n"
                                + "Proposed by toy for “detect cat”, Jan 2, 2026, 3:04\u202fAM · score 0.90");
        assertThat(Descriptions.original(renamed))
                .isEqualTo("Before: cat, x 10  y 20 · 100 × 50 px");

        details.restore();
        assertThat(inspector.singleProperty().get()).contains(proposed);
        workspace.undo();
        assertThat(workspace.current().find(proposed.id())).contains(renamed);
    }

    @Test
    void theSameOrAnEmptyNameIsNoEdit() {
        var box = Samples.addBox(workspace, "cat", BOX);
        inspector.select(Set.of(box.id()));
        details.rename("cat");
        details.rename("  ");
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("add cat");
    }

    @Test
    void aBoxIsPlacedByNumbersAndStaysInTheImage() {
        var box = Samples.addBox(workspace, "cat", BOX);
        inspector.select(Set.of(box.id()));
        details.place(150.5, 10, 100, 20);
        assertThat(inspector.singleProperty().get().orElseThrow().region())
                .isEqualTo(new Box(150.5, 10, 200, 30));
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("move cat");
        details.place(10, 10, 0, 20);
        details.place(300, 10, 10, 20);
        details.place(Double.NaN, 10, 10, 20);
        assertThat(inspector.singleProperty().get().orElseThrow().region())
                .isEqualTo(new Box(150.5, 10, 200, 30));
    }

    @Test
    void crowdAndAttributesAreKeptAndTakenBackOneByOne() {
        var box = Samples.addBox(workspace, "cat", BOX);
        inspector.select(Set.of(box.id()));
        details.setCrowd(true);
        details.setAttribute(" occluded ", "true");
        details.setAttribute("  ", "nothing");
        details.setAttribute("occluded", "partly");
        details.setAttribute("color", "black");
        details.removeAttribute("color");
        assertThat(workspace.current().objects())
                .containsExactly(box.withCrowd(true).withAttributes(Map.of("occluded", "partly")));
        workspace.undo();
        workspace.undo();
        workspace.undo();
        assertThat(workspace.current().objects())
                .containsExactly(box.withCrowd(true).withAttributes(Map.of("occluded", "true")));
    }

    @Test
    void regionsAreDescribedInWords() {
        assertThat(Descriptions.place(BOX)).isEqualTo("x 10  y 20 · 100 × 50 px");
        assertThat(Descriptions.size(BOX)).isEqualTo("Box · 5,000 px²");
        assertThat(Descriptions.size(Mask.of(20, 10, (x, _) -> x < 5))).isEqualTo("Mask · 50 px²");
    }
}
