package org.palimpsest.ui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.geometry.Box;
import org.palimpsest.project.ImagePage;
import org.palimpsest.ui.support.DisplayImage;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class BrowserViewModelTest {
    @TempDir Path folder;

    private final Workspace workspace = Samples.workspace();
    private final BrowserViewModel browser =
            new BrowserViewModel(workspace, new ImmediateTaskRunner());

    @Test
    void theSummaryCountsObjectsAndTexts() {
        Samples.open(workspace, Samples.entries(1));
        assertThat(browser.summary(browser.images().getFirst())).isEmpty();

        Samples.addBox(workspace, "cat", new Box(1, 1, 5, 5));
        assertThat(browser.summary(browser.images().getFirst())).isEqualTo("1 object");
        Samples.addBox(workspace, "cat", new Box(1, 1, 5, 5));
        assertThat(browser.summary(browser.images().getFirst())).isEqualTo("2 objects");
    }

    @Test
    void aThumbnailIsMadeOnceAndKept() throws Exception {
        var images = Samples.images(folder, 1);
        Samples.open(workspace, images);
        var made = new ArrayList<DisplayImage>();
        browser.requestThumbnail(images.getFirst(), made::add);

        assertThat(made).hasSize(1);
        assertThat(made.getFirst().width()).isEqualTo(128);
        assertThat(made.getFirst().height()).isEqualTo(64);
        assertThat(browser.thumbnail(images.getFirst())).containsSame(made.getFirst());
    }

    @Test
    void anImageThatCannotBeReadHasNoThumbnail() {
        var images = Samples.entries(1);
        Samples.open(workspace, images);
        browser.requestThumbnail(
                images.getFirst(),
                _ -> {
                    throw new AssertionError("no thumbnail expected");
                });
        assertThat(browser.thumbnail(images.getFirst())).isEmpty();
    }

    @Test
    void showPutsAnImageOnTheScreen() {
        var images = Samples.entries(2);
        Samples.open(workspace, images);
        browser.show(images.get(1));
        assertThat(workspace.currentImage()).isEqualTo(images.get(1));
        assertThat(browser.images())
                .extracting(ImagePage.Line::image)
                .isEqualTo(List.copyOf(images));
    }
}
