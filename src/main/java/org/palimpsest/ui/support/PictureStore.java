package org.palimpsest.ui.support;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.MemoryTiles;
import org.palimpsest.imaging.PyramidFolder;
import org.palimpsest.imaging.TileSource;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Opens pictures for the screen, and has those ready that will be asked for next.
///
/// Pictures of ordinary size are kept in memory, the last used ones, within a bound; large ones are tiles in a file.
/// Confined to the interface's thread.
public final class PictureStore {
    private static final long LARGE_PIXELS = 24_000_000;
    private static final int LARGE_SIDE = 8192;

    private final TaskRunner tasks;
    private final PyramidFolder pyramids;
    private final long memory;
    private final Map<Path, MemoryTiles> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Queue<ImageEntry> wanted = new ArrayDeque<>();
    private final Set<Path> failed = new HashSet<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private Optional<Path> ahead = Optional.empty();
    private int opening;

    private static final class Waiting implements TaskRunner.Job {
        private final Path file;
        private final Consumer<TileSource> onSuccess;
        private final Consumer<Problem> onFailure;
        private boolean over;

        Waiting(Path file, Consumer<TileSource> onSuccess, Consumer<Problem> onFailure) {
            this.file = file;
            this.onSuccess = onSuccess;
            this.onFailure = onFailure;
        }

        @Override
        public void cancel() {
            over = true;
        }
    }

    /// @param memory how many bytes pictures may take that are not on the screen
    public PictureStore(TaskRunner tasks, PyramidFolder pyramids, long memory) {
        this.tasks = tasks;
        this.pyramids = pyramids;
        this.memory = memory;
    }

    /// Whether a picture of this size is shown from tiles in a file.
    static boolean isLarge(Size size) {
        return size.pixelCount() > LARGE_PIXELS
                || Math.max(size.width(), size.height()) > LARGE_SIDE;
    }

    /// The picture, if it is in memory.
    public Optional<TileSource> ready(ImageEntry image) {
        return Optional.ofNullable(kept.get(image.file()));
    }

    /// Opens a picture: at once where it is ready, else in the background. Who gets it closes it.
    public TaskRunner.Job open(
            ImageEntry image, Consumer<TileSource> onSuccess, Consumer<Problem> onFailure) {
        var ready = ready(image);
        if (ready.isPresent()) {
            onSuccess.accept(ready.get());
            return () -> {};
        }
        var asked = new Waiting(image.file(), onSuccess, onFailure);
        if (ahead.filter(image.file()::equals).isPresent()) {
            waiting.add(asked);
            return asked;
        }
        opening++;
        tasks.run(
                "Open " + image.file().getFileName(),
                _ -> read(image),
                opened -> {
                    opening--;
                    keep(image.file(), opened);
                    succeed(asked, opened);
                    prefetchNext();
                },
                problem -> {
                    opening--;
                    fail(asked, problem);
                    prefetchNext();
                });
        return asked;
    }

    private static void succeed(Waiting asked, TileSource opened) {
        if (!asked.over) {
            asked.onSuccess.accept(opened);
        } else if (!(opened instanceof MemoryTiles)) {
            opened.close();
        }
    }

    private static void fail(Waiting asked, Problem problem) {
        if (!asked.over) {
            asked.onFailure.accept(problem);
        }
    }

    private TileSource read(ImageEntry image) throws ProblemException {
        return isLarge(image.size())
                ? pyramids.open(image.file())
                : MemoryTiles.of(ImageFiles.read(image.file()));
    }

    private void keep(Path file, TileSource opened) {
        if (opened instanceof MemoryTiles tiles) {
            kept.put(file, tiles);
            long total = kept.values().stream().mapToLong(TileSource::bytes).sum();
            var oldest = kept.entrySet().iterator();
            while (total > memory && kept.size() > 1 && oldest.hasNext()) {
                total -= oldest.next().getValue().bytes();
                oldest.remove();
            }
        }
    }

    /// Has these pictures ready soon, the first one first; what was wanted before and is not begun is forgotten.
    public void prefetch(List<ImageEntry> images) {
        wanted.clear();
        wanted.addAll(images);
        prefetchNext();
    }

    /// One after the other, so that the picture that is asked for has the processor.
    private void prefetchNext() {
        while (ahead.isEmpty() && opening == 0 && !wanted.isEmpty()) {
            var next = wanted.remove();
            boolean needless =
                    isLarge(next.size())
                            || kept.containsKey(next.file())
                            || failed.contains(next.file());
            if (!needless) {
                readAhead(next);
            }
        }
    }

    private void readAhead(ImageEntry image) {
        ahead = Optional.of(image.file());
        tasks.run(
                Texts.get("support.job.ahead", String.valueOf(image.file().getFileName())),
                _ -> read(image),
                opened -> {
                    keep(image.file(), opened);
                    finishAhead(asked -> succeed(asked, opened));
                },
                problem -> {
                    failed.add(image.file());
                    finishAhead(asked -> fail(asked, problem));
                });
    }

    private void finishAhead(Consumer<Waiting> answer) {
        var file = ahead;
        ahead = Optional.empty();
        var asked =
                waiting.stream().filter(one -> file.filter(one.file::equals).isPresent()).toList();
        waiting.removeAll(asked);
        asked.forEach(answer);
        prefetchNext();
    }

    /// Forgets a picture, as when its file changed.
    public void forget(Path file) {
        kept.remove(file);
        failed.remove(file);
    }
}
