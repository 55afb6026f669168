package org.palimpsest.ui.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.PhraseLink;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class TextsViewModelTest {
    private static final Box BOX = new Box(10, 20, 110, 70);

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(new ImmediateTaskRunner(), dialogs);
    private final TextsViewModel texts = new TextsViewModel(workspace, dialogs);

    @BeforeEach
    void open() {
        Samples.open(workspace, Samples.entries(2));
    }

    private TextAnnotation only() {
        assertThat(texts.texts()).hasSize(1);
        return texts.texts().getFirst();
    }

    @Test
    void aCaptionIsWrittenInTheChosenLanguage() {
        texts.languageProperty().set(Language.GERMAN);
        texts.begin(TextKind.CAPTION);
        assertThat(workspace.current().annotations()).isEmpty();
        texts.write(" eine Katze\n");
        assertThat(only().prompt()).isEqualTo("caption de");
        assertThat(only().text()).isEqualTo("eine Katze");
        assertThat(only().provenance()).isEqualTo(new Provenance.Drawn("ada", Samples.NOW));
        assertThat(texts.openProperty().get()).contains(only());
        assertThat(TextKind.describe(only().prompt())).isEqualTo("Caption · German");
    }

    @Test
    void aQuestionIsAskedForBeforeItsAnswer() {
        dialogs.text = Optional.of("how many  cats?");
        texts.begin(TextKind.ANSWER);
        texts.write("two");
        assertThat(only().prompt()).isEqualTo("answer en how many cats?");
        assertThat(TextKind.describe(only().prompt())).isEqualTo("how many cats?");
    }

    @Test
    void withoutAQuestionThereIsNoAnswer() {
        texts.begin(TextKind.ANSWER);
        assertThat(texts.draftProperty().get()).isEmpty();
    }

    @Test
    void anExpressionMeansTheSelectedObject() {
        texts.begin(TextKind.EXPRESSION);
        assertThat(texts.draftProperty().get()).isEmpty();
        var cat = Samples.addBox(workspace, "cat", BOX);
        workspace.select(Set.of(cat.id()));
        texts.begin(TextKind.EXPRESSION);
        texts.write("the black one");
        assertThat(only().referent()).contains(cat.id());
    }

    @Test
    void aProposedTextIsRewrittenAndRestored() {
        var proposed =
                TextAnnotation.of(
                        "caption en",
                        "a cat",
                        new Provenance.Predicted("toy", "caption en", 0.4, Samples.NOW));
        workspace.propose(workspace.currentImage().id(), "caption en", List.of(proposed));
        texts.choose(proposed.id());
        texts.write("two cats\n");
        assertThat(only().text()).isEqualTo("two cats");
        assertThat(only().review()).isEqualTo(ReviewState.ACCEPTED);
        texts.restore();
        assertThat(only()).isEqualTo(proposed);
        workspace.undo();
        workspace.undo();
        assertThat(only().text()).isEqualTo("a cat");
    }

    @Test
    void wordsAreTiedToTheObjectThatIsSelectedNext() {
        var cat = Samples.addBox(workspace, "cat", BOX);
        var mat = Samples.addBox(workspace, "mat", BOX);
        write("a cat on a mat");
        texts.link(1, 6);
        assertThat(texts.linkingProperty().get()).contains(new TextsViewModel.Linking(2, 5, "cat"));
        workspace.select(Set.of(cat.id()));
        assertThat(texts.linkingProperty().get()).isEmpty();
        workspace.select(Set.of(mat.id()));
        texts.link(9, 14);

        assertThat(only().links())
                .containsExactly(new PhraseLink(2, 5, cat.id()), new PhraseLink(9, 14, mat.id()));
        assertThat(Phrase.of(only()).stream().map(Phrase::words))
                .containsExactly("a ", "cat", " on ", "a mat");
        assertThat(texts.color(only().links().getFirst())).contains(workspace.color("cat"));

        texts.write("a black cat on a mat");
        assertThat(only().links())
                .containsExactly(new PhraseLink(8, 11, cat.id()), new PhraseLink(15, 20, mat.id()));
        texts.show(only().links().getFirst());
        assertThat(workspace.selection()).containsExactly(cat.id());
        assertThat(texts.openProperty().get()).contains(only());

        texts.unlink(9, 9);
        assertThat(only().links()).containsExactly(new PhraseLink(15, 20, mat.id()));
        workspace.undo();
        assertThat(only().links()).hasSize(2);
    }

    @Test
    void aNewTieTakesThePlaceOfThoseItOverlaps() {
        var cat = Samples.addBox(workspace, "cat", BOX);
        write("a black cat");
        workspace.select(Set.of(cat.id()));
        texts.link(2, 7);
        texts.link(2, 11);
        assertThat(only().links()).containsExactly(new PhraseLink(2, 11, cat.id()));
    }

    @Test
    void aPhraseWhoseObjectIsGoneHasNoColour() {
        var cat = Samples.addBox(workspace, "cat", BOX);
        write("a cat");
        workspace.select(Set.of(cat.id()));
        texts.link(2, 5);
        workspace.deleteSelection();
        assertThat(texts.color(only().links().getFirst())).isEmpty();
        texts.show(only().links().getFirst());
        assertThat(workspace.selection()).isEmpty();
    }

    @Test
    void anotherImageClosesTheText() {
        write("a cat");
        workspace.step(1);
        assertThat(texts.texts()).isEmpty();
        assertThat(texts.openProperty().get()).isEmpty();
    }

    @Test
    void theOpenTextIsDeleted() {
        write("a cat");
        texts.delete();
        assertThat(workspace.current().annotations()).isEqualTo(List.<Annotation>of());
        assertThat(texts.openProperty().get()).isEmpty();
    }

    private void write(String words) {
        texts.begin(TextKind.CAPTION);
        texts.write(words);
    }
}
