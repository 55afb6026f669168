package org.palimpsest.ui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Split;
import org.palimpsest.geometry.Box;
import org.palimpsest.imaging.ThumbnailFiles;
import org.palimpsest.imaging.ThumbnailQueue;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.browser.ImageSelection.Extension;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.ImageOrder;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class BrowserViewModelTest {
    @TempDir Path folder;

    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);
    private final Commands commands = new Commands();

    private BrowserViewModel browser() {
        var files = new ThumbnailFiles(folder.resolve("cache"), 1 << 20, InstantSource.system());
        return new BrowserViewModel(
                workspace, tasks, commands, dialogs, new ThumbnailQueue(files, Runnable::run, 1));
    }

    private List<String> names(BrowserViewModel browser) {
        return browser.images().stream()
                .map(line -> String.valueOf(line.image().file().getFileName()))
                .toList();
    }

    private ImageState state(ImageEntry image) throws ProblemException {
        return workspace.project().orElseThrow().image(image.id()).orElseThrow().details().state();
    }

    @Test
    void theSummaryCountsObjectsAndTexts() {
        var browser = browser();
        Samples.open(workspace, Samples.entries(1));
        assertThat(BrowserViewModel.summary(browser.images().getFirst())).isEmpty();

        Samples.addBox(workspace, "cat", new Box(1, 1, 5, 5));
        assertThat(BrowserViewModel.summary(browser.images().getFirst())).isEqualTo("1 object");
        Samples.addBox(workspace, "cat", new Box(1, 1, 5, 5));
        assertThat(BrowserViewModel.summary(browser.images().getFirst())).isEqualTo("2 objects");
    }

    @Test
    void choosingOnePutsItOnTheScreenChoosingSeveralDoesNot() {
        var browser = browser();
        var images = Samples.entries(4);
        Samples.open(workspace, images);
        browser.choose(1, Extension.ALONE);
        browser.choose(3, Extension.RANGE);

        assertThat(workspace.currentImage()).isEqualTo(images.get(1));
        assertThat(browser.selectedIds())
                .containsExactly(images.get(1).id(), images.get(2).id(), images.get(3).id());
        assertThat(browser.countProperty().get()).isEqualTo("4 images, 3 selected");
    }

    @Test
    void theStateOfAllSelectedImagesIsOneStep() throws ProblemException {
        var browser = browser();
        var images = Samples.entries(3);
        Samples.open(workspace, images);
        browser.choose(0, Extension.ALONE);
        browser.choose(1, Extension.TOGGLE);
        browser.setState(ImageState.DONE);

        assertThat(List.of(state(images.get(0)), state(images.get(1)), state(images.get(2))))
                .containsExactly(ImageState.DONE, ImageState.DONE, ImageState.NEW);
        assertThat(browser.images().getFirst().state()).isEqualTo(ImageState.DONE);
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("mark as Done");

        workspace.undo();
        assertThat(List.of(state(images.get(0)), state(images.get(1))))
                .containsOnly(ImageState.NEW);
        assertThat(browser.images().getFirst().state()).isEqualTo(ImageState.NEW);
    }

    @Test
    void tagsAndSplitsAreSetAndCanBeFilteredByAtOnce() {
        var browser = browser();
        Samples.open(workspace, Samples.entries(3));
        browser.choose(2, Extension.ALONE);
        browser.addTag("night");
        browser.setSplit(Split.TEST);

        assertThat(browser.tagsOfSelected()).containsExactly("night");
        assertThat(browser.tags(browser.images().get(2).image().id())).containsExactly("night");
        browser.filter().toggle("tag", "night");
        assertThat(names(browser)).containsExactly("c.png");
        assertThat(browser.images().getFirst().split()).isEqualTo(Split.TEST);

        browser.removeTag("night");
        assertThat(browser.tagsOfSelected()).isEmpty();
    }

    @Test
    void aNewTagIsAskedForAndOneThatIsNoNameIsNotTaken() {
        var browser = browser();
        Samples.open(workspace, Samples.entries(1));
        browser.choose(0, Extension.ALONE);
        dialogs.text = Optional.of("wet road");
        browser.addNewTag();
        dialogs.text = Optional.of("  ");
        browser.addNewTag();

        assertThat(browser.tagsOfSelected()).containsExactly("wet road");
    }

    @Test
    void removedImagesLeaveTheListAndComeBackWithUndo() {
        var browser = browser();
        Samples.open(workspace, Samples.entries(3));
        browser.choose(0, Extension.ALONE);
        browser.choose(1, Extension.RANGE);
        assertThat(commands.run(Command.REMOVE_IMAGE)).isTrue();

        assertThat(names(browser)).containsExactly("c.png");
        workspace.undo();
        assertThat(names(browser)).containsExactlyInAnyOrder("a.png", "b.png", "c.png");
    }

    @Test
    void whatThereIsToSeeIsTold() {
        var browser = browser();
        assertThat(browser.contentProperty().get()).isEqualTo(BrowserViewModel.Content.NOTHING);
        Samples.open(workspace, Samples.entries(3));
        assertThat(browser.contentProperty().get()).isEqualTo(BrowserViewModel.Content.IMAGES);
        assertThat(browser.countProperty().get()).isEqualTo("3 images");

        browser.filter().textProperty().set("label:cat");
        browser.filter().search();
        assertThat(browser.contentProperty().get()).isEqualTo(BrowserViewModel.Content.NO_HITS);
        assertThat(browser.countProperty().get()).isEqualTo("0 of 3");

        browser.filter().clear();
        assertThat(browser.countProperty().get()).isEqualTo("3 images");
        workspace.use(null);
        assertThat(browser.contentProperty().get()).isEqualTo(BrowserViewModel.Content.NOTHING);
    }

    @Test
    void typingFindsTheNextNameThatBeginsSo() {
        var browser = browser();
        Samples.open(workspace, Samples.entries(4));
        browser.choose(1, Extension.ALONE);

        assertThat(browser.find("C", false)).isEqualTo(2);
        assertThat(browser.find("b", true)).isEqualTo(1);
        assertThat(browser.find("a.p", true)).isZero();
        assertThat(browser.find("x", true)).isNegative();
    }

    @Test
    void layoutStatisticsAndFindAreCommands() {
        var browser = browser();
        var found = new ArrayList<String>();
        browser.onFind(() -> found.add("find"));
        commands.run(Command.BROWSER_LAYOUT);
        commands.run(Command.STATISTICS);
        commands.run(Command.FIND);

        assertThat(browser.gridProperty().get()).isFalse();
        assertThat(browser.statistics().showingProperty().get()).isTrue();
        assertThat(found).containsExactly("find");
    }

    @Test
    void aThumbnailIsMadeOnceAndKept() throws Exception {
        var browser = browser();
        var images = Samples.images(folder, 1);
        Samples.open(workspace, images);
        var made = new ArrayList<Thumbnails.Shown>();
        browser.requestThumbnail(images.getFirst(), made::add);

        assertThat(made).hasSize(1);
        assertThat(made.getFirst().image().orElseThrow().width()).isEqualTo(200);
        assertThat(browser.thumbnail(images.getFirst())).containsSame(made.getFirst());
    }

    @Test
    void anImageOnADriveThatWentAwayIsMissingUntilItIsBack() throws Exception {
        var browser = browser();
        var images = Samples.images(folder, 1);
        Path away = Files.move(images.getFirst().file(), folder.resolve("away"));
        Samples.open(workspace, images);
        var shown = new ArrayList<Thumbnails.Shown>();
        browser.requestThumbnail(images.getFirst(), shown::add);
        assertThat(shown.getFirst().missing()).isTrue();
        assertThat(shown.getFirst().image()).isEmpty();

        Files.move(away, images.getFirst().file());
        assertThat(browser.lookAgain()).isTrue();
        browser.requestThumbnail(images.getFirst(), shown::add);
        assertThat(shown.getLast().isSound()).isTrue();
        assertThat(browser.lookAgain()).isFalse();
    }

    @Test
    void whatIsFilteredStaysFilteredInAnotherOrder() {
        var browser = browser();
        Samples.open(workspace, Samples.entries(3));
        browser.filter().textProperty().set("name:none");
        browser.filter().search();
        browser.filter().sort(ImageOrder.NAME, true);

        assertThat(workspace.images().query().descending()).isTrue();
        assertThat(browser.filter().textProperty().get()).isEqualTo("name:none");
        assertThat(names(browser)).containsExactly("c.png", "b.png", "a.png");
    }

    @Test
    void theSelectedImagesAreForOthersToWorkOn() {
        var browser = browser();
        var images = Samples.entries(2);
        Samples.open(workspace, images);
        browser.choose(1, Extension.ALONE);

        assertThat(browser.selectedProperty().get()).isEqualTo(Set.of(images.get(1).id()));
        assertThat(browser.hasSelection().get()).isTrue();
    }
}
