package org.palimpsest.ui.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.PyramidFolder;
import org.palimpsest.imaging.TilePyramid;
import org.palimpsest.imaging.TileSource;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

final class PictureStoreTest {
    private static final long EACH = 4L * 200 * 100;

    @TempDir Path folder;

    private final LaterTaskRunner tasks = new LaterTaskRunner();
    private final List<TileSource> opened = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    @Test
    void aPictureThatWasReadAheadIsThereAtOnce() throws ProblemException {
        var images = Samples.images(folder, 3);
        var store = store(100 * EACH);
        store.prefetch(images.subList(1, 3));
        tasks.runAll();
        open(store, images.get(1));

        assertThat(opened).hasSize(1);
        assertThat(store.ready(images.get(2))).isPresent();
        assertThat(store.ready(images.get(0))).isEmpty();
    }

    @Test
    void aPictureThatIsJustBeingReadAheadIsNotReadTwice() throws ProblemException {
        var images = Samples.images(folder, 2);
        var store = store(100 * EACH);
        store.prefetch(images);
        open(store, images.get(0));

        assertThat(tasks.waiting()).hasSize(1);
        tasks.runAll();
        assertThat(opened).hasSize(1);
    }

    @Test
    void readingAheadWaitsForThePictureThatIsAskedFor() throws ProblemException {
        var images = Samples.images(folder, 3);
        var store = store(100 * EACH);
        open(store, images.get(0));
        store.prefetch(images.subList(1, 3));

        assertThat(tasks.waiting()).hasSize(1);
        tasks.runNext();
        assertThat(tasks.waiting()).hasSize(1);
        tasks.runAll();
        assertThat(store.ready(images.get(2))).isPresent();
    }

    @Test
    void theLastUsedPicturesAreKeptWithinTheBound() throws ProblemException {
        var images = Samples.images(folder, 4);
        var store = store(2 * EACH);
        for (int i : new int[] {0, 1, 0, 2}) {
            open(store, images.get(i));
            tasks.runAll();
        }

        assertThat(store.ready(images.get(0))).isPresent();
        assertThat(store.ready(images.get(1))).isEmpty();
        assertThat(store.ready(images.get(2))).isPresent();
    }

    @Test
    void whoGivesUpHearsNothingAndTheNextOneIsServed() throws ProblemException {
        var images = Samples.images(folder, 2);
        var store = store(100 * EACH);
        open(store, images.get(0)).cancel();
        open(store, images.get(1));
        tasks.runAll();

        assertThat(opened).containsExactly(store.ready(images.get(1)).orElseThrow());
    }

    @Test
    void aPictureThatCannotBeReadIsExplainedEveryTimeItIsOpened() {
        var image = Samples.entries(1).getFirst();
        var store = store(100 * EACH);
        store.prefetch(List.of(image));
        tasks.runAll();
        assertThat(problems).isEmpty();
        open(store, image);
        tasks.runAll();
        open(store, image);
        tasks.runAll();

        assertThat(problems).hasSize(2);
    }

    @Test
    void aLargePictureIsTilesInAFile() throws ProblemException {
        var small = Samples.images(folder, 1).getFirst();
        // What the list says decides, so that a small file serves.
        var large = new ImageEntry(small.id(), small.file(), new Size(9000, 100));
        var store = store(100 * EACH);
        store.prefetch(List.of(large));
        assertThat(tasks.waiting()).isEmpty();
        open(store, large);
        tasks.runAll();

        assertThat(opened.getFirst()).isInstanceOf(TilePyramid.class);
        opened.getFirst().close();
    }

    private TaskRunner.Job open(PictureStore store, ImageEntry image) {
        return store.open(image, opened::add, problems::add);
    }

    private PictureStore store(long bytes) {
        return new PictureStore(
                tasks,
                new PyramidFolder(
                        folder.resolve("tiles"), 1 << 24, InstantSource.fixed(Samples.NOW)),
                bytes);
    }
}
