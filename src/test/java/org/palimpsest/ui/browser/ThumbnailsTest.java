package org.palimpsest.ui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.imaging.Picture;
import org.palimpsest.imaging.Thumbnail;
import org.palimpsest.imaging.ThumbnailQueue;
import org.palimpsest.ui.support.ImmediateTaskRunner;

final class ThumbnailsTest {
    private static final int BYTES_OF_ONE = 10 * 10 * 4;

    private final List<Path> made = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();

    private Thumbnails thumbnails(java.util.concurrent.Executor executor, int room) {
        var queue =
                new ThumbnailQueue(
                        file -> {
                            made.add(file);
                            return new Thumbnail(new Picture(10, 10, new byte[300]), false);
                        },
                        executor,
                        1);
        return new Thumbnails(queue, new ImmediateTaskRunner(), room * BYTES_OF_ONE);
    }

    @Test
    void thoseUsedLastStayWithinTheBoundOfMemory() {
        var thumbnails = thumbnails(Runnable::run, 3);
        for (var name : List.of("a", "b", "c")) {
            thumbnails.request(Path.of(name), _ -> {});
        }
        thumbnails.ready(Path.of("a"));
        thumbnails.request(Path.of("d"), _ -> {});

        assertThat(thumbnails.ready(Path.of("a"))).isPresent();
        assertThat(thumbnails.ready(Path.of("b"))).isEmpty();
        assertThat(thumbnails.bytes()).isEqualTo(3 * BYTES_OF_ONE);
        thumbnails.clear();
        assertThat(thumbnails.bytes()).isZero();
    }

    @Test
    void oneThatIsAskedForTwiceIsCountedOnce() {
        var thumbnails = thumbnails(Runnable::run, 3);
        thumbnails.request(Path.of("a"), _ -> {});
        thumbnails.request(Path.of("a"), _ -> {});

        assertThat(thumbnails.bytes()).isEqualTo(BYTES_OF_ONE);
    }

    @Test
    void whatScrolledAwayIsNeitherMadeNorShown() {
        var thumbnails = thumbnails(waiting::add, 3);
        var shown = new ArrayList<String>();
        thumbnails.request(Path.of("a"), _ -> shown.add("a")).cancel();
        thumbnails.request(Path.of("b"), _ -> shown.add("b"));
        waiting.forEach(Runnable::run);

        assertThat(made).containsExactly(Path.of("b"));
        assertThat(shown).containsExactly("b");
    }
}
