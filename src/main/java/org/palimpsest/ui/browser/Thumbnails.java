package org.palimpsest.ui.browser;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.palimpsest.imaging.Thumbnail;
import org.palimpsest.imaging.ThumbnailQueue;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.support.DisplayImage;
import org.palimpsest.ui.support.TaskRunner;

/// Thumbnails ready for the screen: those that were used last are kept in memory up to a bound, the others are asked for.
///
/// Confined to the interface's thread.
final class Thumbnails {
    static final long USUAL_BYTES = 96L << 20;
    private static final int BYTES_PER_PIXEL = 4;

    private final ThumbnailQueue queue;
    private final TaskRunner tasks;
    private final long maxBytes;
    private final LinkedHashMap<Path, Shown> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    Thumbnails(ThumbnailQueue queue, TaskRunner tasks, long maxBytes) {
        this.queue = queue;
        this.tasks = tasks;
        this.maxBytes = maxBytes;
    }

    /// What a cell shows of an image.
    ///
    /// @param image none where the file cannot be read
    /// @param missing whether the file is not there now
    /// @param problem why there is no picture
    record Shown(Optional<DisplayImage> image, boolean missing, Optional<Problem> problem) {
        boolean isSound() {
            return image.isPresent() && !missing;
        }

        private long bytes() {
            return image.map(one -> (long) one.width() * one.height() * BYTES_PER_PIXEL).orElse(0L);
        }
    }

    /// What is known already.
    Optional<Shown> ready(Path file) {
        return Optional.ofNullable(kept.get(file));
    }

    /// Asks for a thumbnail; the consumer is called on the interface's thread.
    ThumbnailQueue.Request request(Path file, Consumer<Shown> consumer) {
        var request = new Cancellable();
        var queued =
                queue.request(
                        file,
                        outcome -> {
                            // Packed here, on the thread that made it.
                            var shown = shown(outcome);
                            tasks.onInterface(() -> {
                                keep(file, shown);
                                if (!request.cancelled) {
                                    consumer.accept(shown);
                                }
                            });
                        });
        request.queued = queued;
        return request;
    }

    private static final class Cancellable implements ThumbnailQueue.Request {
        private ThumbnailQueue.@Nullable Request queued;
        private boolean cancelled;

        @Override
        public void cancel() {
            cancelled = true;
            if (queued != null) {
                queued.cancel();
            }
        }
    }

    private static Shown shown(ThumbnailQueue.Outcome outcome) {
        return switch (outcome) {
            case ThumbnailQueue.Outcome.Made(Thumbnail(var picture, boolean missing)) ->
                    new Shown(Optional.of(DisplayImage.of(picture)), missing, Optional.empty());
            case ThumbnailQueue.Outcome.Failed(var problem, boolean missing) ->
                    new Shown(Optional.empty(), missing, Optional.of(problem));
        };
    }

    private void keep(Path file, Shown shown) {
        var before = kept.put(file, shown);
        bytes += shown.bytes() - (before == null ? 0 : before.bytes());
        while (bytes > maxBytes && kept.size() > 1) {
            bytes -= kept.pollFirstEntry().getValue().bytes();
        }
    }

    /// Forgets what could not be read or was missing, so that it is tried again.
    ///
    /// @return whether there was such a thing
    boolean forgetMissing() {
        return kept.values()
                .removeIf(shown -> {
                    if (shown.isSound()) {
                        return false;
                    }
                    bytes -= shown.bytes();
                    return true;
                });
    }

    void clear() {
        kept.clear();
        bytes = 0;
    }

    long bytes() {
        return bytes;
    }
}
