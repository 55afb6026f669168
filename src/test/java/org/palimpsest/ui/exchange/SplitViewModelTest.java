package org.palimpsest.ui.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Split;
import org.palimpsest.geometry.Box;
import org.palimpsest.project.ProjectSplits;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.Asking;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;

final class SplitViewModelTest {
    private static final int IMAGES = 20;

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final Workspace workspace = Samples.workspace(new ImmediateTaskRunner(), dialogs);
    private final Commands commands = new Commands();
    private final Asking asking = new Asking();
    private List<ImageEntry> images = List.of();
    private SplitViewModel splits;

    @BeforeEach
    void open() {
        // The first two look alike.
        images =
                IntStream.range(0, IMAGES)
                        .mapToObj(i ->
                                new ImageEntry(
                                        ImageId.random(),
                                        Path.of("/none/" + (i % 2) + "/" + i + ".png"),
                                        Samples.SIZE,
                                        new ImageFacts(
                                                "",
                                                i < IMAGES - 1
                                                        ? OptionalLong.of(
                                                                i < 2 ? 0 : 0x0F0F_F0F0L << i)
                                                        : OptionalLong.empty(),
                                                1,
                                                Optional.empty(),
                                                0)))
                        .toList();
        Samples.open(workspace, images);
        for (int i = 0; i < IMAGES; i++) {
            Samples.addBox(workspace, i % 2 == 0 ? "cat" : "dog", new Box(0, 0, 9, 9));
            workspace.step(1);
        }
        splits =
                new SplitViewModel(workspace, asking, dialogs, new ImmediateTaskRunner(), commands);
    }

    private SplitPreview preview() {
        return splits.previewProperty().get().orElseThrow();
    }

    private Split split(int image) throws Exception {
        return workspace
                .project()
                .orElseThrow()
                .image(images.get(image).id())
                .orElseThrow()
                .details()
                .split();
    }

    @Test
    void theCountsAreShownBeforeAnythingChanges() throws Exception {
        assertThat(commands.run(Command.SPLITS)).isTrue();
        splits.share(Split.TRAIN, 60);
        var total = preview().rows().getFirst();
        assertThat(total)
                .isEqualTo(
                        new SplitPreview.Row(
                                "All images",
                                true,
                                List.of(20L, 0L, 0L, 0L),
                                List.of(0L, 12L, 4L, 4L)));
        assertThat(total.words(Split.TRAIN)).isEqualTo("0 → 12");
        assertThat(preview().rows().get(1).after()).containsExactly(0L, 12L, 4L, 4L);
        assertThat(preview().rows().get(2).name()).isEqualTo("cat");
        assertThat(preview().rows().get(2).after()).containsExactly(0L, 6L, 2L, 2L);
        assertThat(preview().changes()).isEqualTo(IMAGES);
        assertThat(preview().unseen()).isEqualTo(1);
        assertThat(split(0)).isEqualTo(Split.UNASSIGNED);
    }

    @Test
    void aDivisionIsOneStepThatCanBeUndone() throws Exception {
        var told = new ArrayList<String>();
        splits.onDivided(() -> told.add("divided"));
        splits.begin();

        splits.apply();

        assertThat(told).containsExactly("divided");
        assertThat(dialogs.messages).containsExactly("20 images got another part");
        assertThat(preview().rows().getFirst().now()).containsExactly(0L, 16L, 2L, 2L);
        assertThat(splits.readyProperty().get()).isFalse();
        assertThat(split(0)).isEqualTo(split(1)).isNotEqualTo(Split.UNASSIGNED);
        assertThat(ProjectSplits.settings(workspace.project().orElseThrow()))
                .contains("stratified [0.8, 0.1, 0.1], seed 0");
        assertThat(workspace.undoTitleProperty().get()).isEqualTo("divide the images");

        dialogs.actions.getFirst().run();

        assertThat(split(0)).isEqualTo(Split.UNASSIGNED);
        assertThat(preview().rows().getFirst().now()).containsExactly(20L, 0L, 0L, 0L);
    }

    @Test
    void lookAlikesInTwoPartsAreALeakUntilAllIsDividedAnew() throws Exception {
        asking.selectedImagesProperty().set(Set.of(images.get(0).id()));
        splits.begin();
        splits.assignSelected(Split.TEST);
        asking.selectedImagesProperty().set(Set.of(images.get(1).id()));
        splits.assignSelected(Split.TRAIN);

        assertThat(split(0)).isEqualTo(Split.TEST);
        assertThat(split(1)).isEqualTo(Split.TRAIN);
        assertThat(preview().plan().torn()).hasSize(1);
        assertThat(preview().plan().torn().getFirst().members())
                .containsExactlyInAnyOrder(images.get(0).id(), images.get(1).id());

        splits.anewProperty().set(true);
        assertThat(preview().plan().torn()).isEmpty();
        splits.anewProperty().set(false);
        splits.alikeTogetherProperty().set(false);
        assertThat(preview().plan().torn()).isEmpty();
    }

    @Test
    void foldersStayTogetherWhereThePersonWantsIt() throws Exception {
        splits.begin();
        splits.share(Split.TRAIN, 50);
        splits.foldersTogetherProperty().set(true);
        splits.apply();
        for (int i = 2; i < IMAGES; i++) {
            assertThat(split(i)).isEqualTo(split(i % 2));
        }
    }

    @Test
    void aSeedThatIsNoNumberDividesNothing() {
        splits.begin();
        splits.seedProperty().set("x");
        assertThat(splits.isSeedGood()).isFalse();
        assertThat(splits.readyProperty().get()).isFalse();
        splits.otherSeed();
        assertThat(splits.seedProperty().get()).isEqualTo("0");
        var first = preview().plan().changes();
        splits.otherSeed();
        assertThat(preview().plan().changes()).isNotEqualTo(first);
    }

    @Test
    void aLeakLeadsToItsImage() {
        splits.begin();
        var closed = new ArrayList<String>();
        splits.onImageShown(() -> closed.add("pages"));
        splits.show(images.get(3).id());
        assertThat(workspace.currentImage().id()).isEqualTo(images.get(3).id());
        assertThat(splits.showingProperty().get()).isFalse();
        assertThat(closed).containsExactly("pages");
    }
}
