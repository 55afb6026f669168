package org.palimpsest.ui.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.edit.RemoveImage;
import org.palimpsest.geometry.Box;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ImagePage;

final class ImageListTest {
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(new ImmediateTaskRunner(), dialogs);

    private List<ImageEntry> open(int count) {
        var images =
                IntStream.range(0, count)
                        .mapToObj(i ->
                                new ImageEntry(
                                        ImageId.random(),
                                        Path.of("/none/" + i + ".png"),
                                        Samples.SIZE))
                        .toList();
        Samples.open(workspace, images);
        return images;
    }

    @Test
    void aLongListIsThereInOrderAndEveryImageIsFound() {
        var images = open(5_450);
        assertThat(workspace.images().lines())
                .extracting(ImagePage.Line::image)
                .containsExactlyElementsOf(images);
        assertThat(workspace.images().loadingProperty().get()).isFalse();
        assertThat(workspace.images().indexOf(images.get(5_300).id())).isEqualTo(5_300);
        assertThat(workspace.images().indexOf(ImageId.random())).isEqualTo(-1);
    }

    @Test
    void onlyTheLineOfAnImageThatChangedIsReplaced() {
        open(3);
        workspace.step(1);
        var changes = new ArrayList<Integer>();
        workspace
                .images()
                .lines()
                .addListener(
                        (ListChangeListener<ImagePage.Line>)
                                change -> {
                                    while (change.next()) {
                                        changes.add(change.getFrom());
                                        assertThat(change.getAddedSize()).isEqualTo(1);
                                    }
                                });
        Samples.addBox(workspace, "cat", new Box(1, 1, 5, 5));
        assertThat(changes).containsOnly(1);
        assertThat(workspace.images().lines().get(1).objects()).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitTheFilterAnyMoreStaysUntilItIsAskedForAgain() {
        open(3);
        var news = ImageQuery.ALL.withFilter(new ImageFilter.InState(ImageState.NEW));
        workspace.images().ask(news);
        Samples.addBox(workspace, "cat", new Box(1, 1, 5, 5));
        assertThat(workspace.images().lines()).hasSize(3);
        workspace.images().reload();
        assertThat(workspace.images().lines()).hasSize(2);
    }

    @Test
    void aRemovedImageLeavesTheListAndComesBackByUndo() {
        var images = open(3);
        workspace.apply(new RemoveImage(workspace.current()));
        assertThat(workspace.images().lines())
                .extracting(ImagePage.Line::image)
                .containsExactly(images.get(1), images.get(2));
        assertThat(workspace.current().image()).isEqualTo(images.get(1));
        workspace.undo();
        assertThat(workspace.current().image()).isEqualTo(images.getFirst());
        assertThat(workspace.images().lines()).hasSize(3);
    }

    @Test
    void anotherOrderIsMadeByTheSorterAndCanBeReversed() {
        var sorted =
                new Workspace(
                        InstantSource.fixed(Samples.NOW),
                        "ada",
                        new ImmediateTaskRunner(),
                        Runnable::run,
                        (_, images, order, _, _) -> {
                            assertThat(order).isEqualTo(ImageOrder.NAME);
                            var byName = new ArrayList<>(images);
                            byName.sort(
                                    Comparator.comparing(line -> line.image().file().toString()));
                            return byName;
                        },
                        dialogs::show);
        Samples.open(sorted, Samples.entries(3).reversed());
        sorted.images().ask(ImageQuery.ALL.withOrder(ImageOrder.NAME, true));
        assertThat(sorted.images().lines())
                .extracting(line -> line.image().file().getFileName().toString())
                .containsExactly("c.png", "b.png", "a.png");
        sorted.use(null);
    }
}
