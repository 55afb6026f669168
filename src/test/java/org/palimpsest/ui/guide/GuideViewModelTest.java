package org.palimpsest.ui.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.RecordingDialogs;

/// Which page opens, where links lead, and what is found.
final class GuideViewModelTest {
    private final Pages pages = new Pages();
    private final Commands commands = new Commands();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final GuideViewModel guide = new GuideViewModel(pages, commands, dialogs);

    private Topic shown() {
        return guide.placeProperty().get().topic();
    }

    @Test
    void theKeyForHelpOpensThePageAboutWhatIsOpen() {
        commands.run(Command.GUIDE);
        assertThat(shown()).isEqualTo(Topic.FIRST_TEN_MINUTES);
        pages.open(Page.TRAINING);
        commands.run(Command.GUIDE);
        assertThat(shown()).isEqualTo(Topic.FITTING);
        guide.onFocused(() -> Optional.of(Topic.EXPORT));
        commands.run(Command.GUIDE);
        assertThat(shown()).isEqualTo(Topic.EXPORT);
        assertThat(guide.askedProperty().get()).isEqualTo(3);
    }

    @Test
    void whatWasReadCanBeReturnedTo() {
        guide.open(Topic.CONTENTS);
        guide.follow("keys.md");
        guide.follow("export-to-trainers.md#training-validation-test");
        assertThat(guide.placeProperty().get())
                .isEqualTo(new Place(Topic.EXPORT, "training-validation-test"));
        guide.back();
        guide.back();
        assertThat(shown()).isEqualTo(Topic.CONTENTS);
        assertThat(guide.hasBeforeProperty().get()).isFalse();
        guide.forward();
        assertThat(shown()).isEqualTo(Topic.KEYS);
        guide.follow("models.md");
        assertThat(guide.hasAfterProperty().get()).isFalse();
    }

    @Test
    void aLinkOutOfTheGuideOpensInTheBrowserAlone() {
        guide.open(Topic.MODELS);
        guide.follow("https://ai.google.dev/gemma/terms");
        assertThat(dialogs.pages).containsExactly(URI.create("https://ai.google.dev/gemma/terms"));
        assertThat(shown()).isEqualTo(Topic.MODELS);
        guide.follow("../../etc/passwd");
        assertThat(shown()).isEqualTo(Topic.MODELS);
        assertThat(dialogs.pages).hasSize(1);
    }

    @Test
    void aSearchFindsPlacesOnAllPagesAndHeadingsFirst() {
        guide.open(Topic.CONTENTS);
        assertThat(guide.lines()).hasSize(Topic.values().length);
        guide.searchProperty().set("keras BREAK");
        assertThat(guide.lines())
                .isNotEmpty()
                .allMatch(line -> !line.detail().isEmpty())
                .anyMatch(line -> line.place().topic() == Topic.EXPORT)
                .anyMatch(line -> line.place().topic() == Topic.TROUBLE);
        guide.searchProperty().set("review mode");
        assertThat(guide.lines().getFirst().place())
                .isEqualTo(new Place(Topic.REVIEW, "review-mode"));
        guide.searchProperty().set("no such words at all");
        assertThat(guide.lines()).isEmpty();
        guide.searchProperty().set("");
        assertThat(guide.lines()).hasSize(Topic.values().length);
    }

    @Test
    void headingsOfOneNameHaveTheirOwnAnchors() {
        var page = Markdown.page(Topic.KEYS, "# A, b & C!\n\ntext\n\n## Twice\n\n## Twice\nmore");
        assertThat(page.sections())
                .containsExactly(
                        new Section("A, b & C!", "a-b--c", "text"),
                        new Section("Twice", "twice", ""),
                        new Section("Twice", "twice-1", "more"));
    }
}
