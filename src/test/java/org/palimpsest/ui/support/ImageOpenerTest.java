package org.palimpsest.ui.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.geometry.Box;

final class ImageOpenerTest {
    @TempDir Path folder;

    private final Workspace workspace = Samples.workspace();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final ImageOpener opener =
            new ImageOpener(workspace, dialogs, new ImmediateTaskRunner());

    @Test
    void aFolderIsOpenedWithAllItsImagesAndTheirSizes() throws Exception {
        Samples.images(folder, 3);
        Files.writeString(folder.resolve("notes.txt"), "no image");
        dialogs.folder = Optional.of(folder);

        opener.askForFolder();

        assertThat(workspace.images())
                .extracting(image -> image.file().getFileName().toString())
                .containsExactly("a.png", "b.png", "c.png");
        assertThat(workspace.currentImage().size()).isEqualTo(Samples.SIZE);
        assertThat(dialogs.problems).isEmpty();
    }

    @Test
    void aBrokenImageIsNamedAndTheOthersOpen() throws Exception {
        Samples.images(folder, 2);
        Files.writeString(folder.resolve("broken.png"), "not a picture");

        opener.open(List.of(folder));

        assertThat(workspace.images()).hasSize(2);
        assertThat(dialogs.problems).hasSize(1);
        assertThat(dialogs.problems.getFirst().detail()).contains("broken.png");
    }

    @Test
    void aFolderWithoutImagesLeavesWhatIsOpen() throws Exception {
        workspace.open(Samples.images(folder, 1));
        var empty = Files.createDirectory(folder.resolve("empty"));

        opener.open(List.of(empty));

        assertThat(workspace.images()).hasSize(1);
        assertThat(dialogs.problems.getFirst().summary()).isEqualTo("There are no images here");
    }

    @Test
    void workThatWouldBeLostIsAskedAbout() throws Exception {
        workspace.open(Samples.images(folder, 2));
        Samples.addBox(workspace, "cat", new Box(1, 1, 5, 5));
        dialogs.confirms = false;

        opener.open(List.of(folder.resolve("a.png")));
        assertThat(dialogs.questions).hasSize(1);
        assertThat(workspace.images()).hasSize(2);

        dialogs.confirms = true;
        opener.open(List.of(folder.resolve("a.png")));
        assertThat(workspace.images()).hasSize(1);
    }
}
