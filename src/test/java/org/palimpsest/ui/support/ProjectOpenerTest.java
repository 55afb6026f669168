package org.palimpsest.ui.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.geometry.Box;
import org.palimpsest.problem.Problem;
import org.palimpsest.settings.SettingsStore;

final class ProjectOpenerTest {
    @TempDir Path folder;

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final Workspace workspace = Samples.workspace(tasks, dialogs);

    private ProjectOpener opener() {
        return Samples.opener(workspace, dialogs, tasks, folder);
    }

    private Path images(String name, int count) throws Exception {
        var place = Files.createDirectory(folder.resolve(name));
        Samples.images(place, count);
        return place;
    }

    private List<String> shown() {
        return workspace.images().lines().stream()
                .map(line -> line.image().file().getFileName().toString())
                .toList();
    }

    @AfterEach
    void close() {
        workspace.use(null);
    }

    @Test
    void aFolderGetsAProjectOfItsNameWithAllItsImages() throws Exception {
        var place = images("cats", 3);
        Files.writeString(place.resolve("notes.txt"), "no image");
        var deeper = Files.createDirectory(place.resolve("more"));
        Samples.images(deeper, 1);
        dialogs.folder = Optional.of(place);

        opener().askForFolder();

        assertThat(shown()).containsExactly("a.png", "b.png", "c.png", "a.png");
        assertThat(workspace.currentImage().size()).isEqualTo(Samples.SIZE);
        assertThat(workspace.current()).isNotNull();
        assertThat(workspace.openProjectProperty().get().orElseThrow().name()).isEqualTo("cats");
        assertThat(place.resolve("cats.palimpsest")).exists();
        assertThat(dialogs.problems).isEmpty();
        assertThat(workspace.images().lines())
                .as("hashes are found afterwards")
                .allSatisfy(line -> assertThat(line.image().facts().contentHash()).hasSize(64));
    }

    @Test
    void aFolderThatWasOpenBeforeGoesOnWhereItWasAndTakesNewImagesIn() throws Exception {
        var place = images("cats", 2);
        opener().open(List.of(place));
        var box = Samples.addBox(workspace, "cat", new Box(1, 1, 5, 5));
        workspace.use(null);
        Files.copy(place.resolve("a.png"), place.resolve("new.png"));

        opener().open(List.of(place));

        assertThat(shown()).containsExactly("a.png", "b.png", "new.png");
        assertThat(workspace.current().objects()).containsExactly(box);
    }

    @Test
    void aFolderThatCannotBeWrittenHasItsProjectAmongThePersonsProjects() throws Exception {
        var place = images("fixed", 1);
        assumeThat(place.toFile().setWritable(false)).isTrue();
        assumeThat(Files.isWritable(place)).isFalse();
        try {
            opener().open(List.of(place));
            assertThat(workspace.openProjectProperty().get().orElseThrow().project().file())
                    .isEqualTo(folder.resolve("projects").resolve("fixed.palimpsest"));
        } finally {
            place.toFile().setWritable(true);
        }
    }

    @Test
    void aBrokenImageIsNamedAndTheOthersAreThere() throws Exception {
        var place = images("cats", 2);
        Files.writeString(place.resolve("broken.png"), "not a picture");

        opener().open(List.of(place));

        assertThat(shown()).containsExactly("a.png", "b.png");
        assertThat(dialogs.problems)
                .extracting(Problem::summary)
                .containsExactly("One file could not be added");
        assertThat(dialogs.problems.getFirst().detail()).contains("broken.png");
    }

    @Test
    void aFolderWithoutImagesLeavesWhatIsOpen() throws Exception {
        opener().open(List.of(images("cats", 1)));

        opener().open(List.of(Files.createDirectory(folder.resolve("empty"))));

        assertThat(shown()).containsExactly("a.png");
        assertThat(dialogs.problems)
                .extracting(Problem::summary)
                .containsExactly("There are no images here");
        assertThat(folder.resolve("empty")).isEmptyDirectory();
    }

    @Test
    void imagesAreAddedToWhatIsOpenAndThatCanBeUndone() throws Exception {
        opener().open(List.of(images("cats", 1)));
        var others = images("dogs", 2);

        opener().add(List.of(others.resolve("b.png")));

        assertThat(shown()).containsExactly("a.png", "b.png");
        assertThat(dialogs.messages).containsExactly("1 image was added");
        workspace.undo();
        assertThat(shown()).containsExactly("a.png");
    }

    @Test
    void aProjectThatIsOpenInAnotherWindowIsRefused() throws Exception {
        var file = images("cats", 1).resolve("cats.palimpsest");
        opener().open(List.of(file.getParent()));
        var otherDialogs = new RecordingDialogs();
        var other = Samples.workspace(tasks, otherDialogs);

        Samples.opener(other, otherDialogs, tasks, folder).open(List.of(file));

        assertThat(other.project()).isEmpty();
        assertThat(otherDialogs.problems)
                .containsExactly(
                        new Problem(
                                "The project is open in another window",
                                file.toString(),
                                "Close that window first, or work on there"));
        workspace.use(null);
        Samples.opener(other, otherDialogs, tasks, folder).open(List.of(file));
        assertThat(other.project()).isPresent();
        other.use(null);
    }

    @Test
    void aFileThatIsNoProjectIsLeftAsItIs() throws Exception {
        var file = Files.writeString(folder.resolve("a.palimpsest"), "something else");

        opener().open(List.of(file));

        assertThat(workspace.project()).isEmpty();
        assertThat(dialogs.problems).hasSize(1);
        assertThat(file).hasContent("something else");
    }

    @Test
    void theLastProjectIsRememberedUntilItIsClosed() throws Exception {
        var place = images("cats", 1);
        opener().open(List.of(place));
        var settings = SettingsStore.open(folder.resolve("opener-settings.json")).settings();
        assertThat(settings.recentProjects())
                .containsExactly(place.resolve("cats.palimpsest").toAbsolutePath());
        assertThat(settings.reopen()).isTrue();

        opener().close();

        assertThat(workspace.project()).isEmpty();
        assertThat(workspace.currentImage()).isNull();
        assertThat(shown()).isEmpty();
        assertThat(SettingsStore.open(folder.resolve("opener-settings.json")).settings().reopen())
                .isFalse();
    }

    @Test
    void theSamplesAreAProjectOfThePersonsOwn() throws Exception {
        images("samples", 2);
        opener().openSamples();
        assertThat(shown()).containsExactly("a.png", "b.png");
        assertThat(folder.resolve("projects").resolve("samples.palimpsest")).exists();
        assertThat(OpenProject.name(Path.of("x", "samples.palimpsest"))).isEqualTo("samples");
    }

    @Test
    void aNewProjectBeginsWithoutImages() {
        dialogs.target = Optional.of(folder.resolve("new.palimpsest"));
        opener().askForNewProject();
        assertThat(workspace.project()).isPresent();
        assertThat(shown()).isEmpty();
    }
}
