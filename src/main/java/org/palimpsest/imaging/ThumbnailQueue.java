package org.palimpsest.imaging;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the thumbnails that are asked for, the latest request first: what has just come into sight is made before what
/// was passed by. A request that is cancelled before its turn costs nothing.
///
/// Thread-safe. Outcomes are handed over on the executor's threads.
public final class ThumbnailQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ThumbnailQueue.class);

    private final ThumbnailSource source;
    private final Executor executor;
    private final int workers;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Path, List<Waiting>> waiting = new LinkedHashMap<>();
    private int working;

    /// @param executor where thumbnails are made
    /// @param workers how many are made at a time
    public ThumbnailQueue(ThumbnailSource source, Executor executor, int workers) {
        if (workers <= 0) {
            throw new IllegalArgumentException("Nobody to make thumbnails: " + workers);
        }
        this.source = source;
        this.executor = executor;
        this.workers = workers;
    }

    /// What came of a request.
    public sealed interface Outcome {
        record Made(Thumbnail thumbnail) implements Outcome {}

        /// There is none, for the reason given.
        ///
        /// @param missing whether the image file is not there
        record Failed(Problem problem, boolean missing) implements Outcome {}
    }

    /// Something that was asked for.
    @FunctionalInterface
    public interface Request {
        /// Nobody waits for it any more: the outcome is not handed over, where that has not happened yet.
        void cancel();
    }

    private static final class Waiting {
        final Consumer<Outcome> consumer;
        volatile boolean cancelled;

        Waiting(Consumer<Outcome> consumer) {
            this.consumer = consumer;
        }
    }

    /// Asks for a thumbnail. Two requests for the same image are answered by making it once.
    public Request request(Path image, Consumer<Outcome> consumer) {
        var request = new Waiting(consumer);
        boolean start;
        lock.lock();
        try {
            // Put anew, so that it comes last in the map and first in turn.
            var others = waiting.remove(image);
            var all = others == null ? new ArrayList<Waiting>(1) : others;
            all.add(request);
            waiting.put(image, all);
            start = working < workers;
            working += start ? 1 : 0;
        } finally {
            lock.unlock();
        }
        if (start) {
            executor.execute(this::work);
        }
        return () -> cancel(image, request);
    }

    private void cancel(Path image, Waiting request) {
        request.cancelled = true;
        lock.lock();
        try {
            var all = waiting.get(image);
            if (all != null && all.remove(request) && all.isEmpty()) {
                waiting.remove(image);
            }
        } finally {
            lock.unlock();
        }
    }

    /// How many images are waited for.
    public int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (var next = take(); next != null; next = take()) {
            var outcome = make(next.image());
            for (var request : next.requests()) {
                handOver(outcome, request);
            }
        }
    }

    private static void handOver(Outcome outcome, Waiting request) {
        try {
            if (!request.cancelled) {
                request.consumer.accept(outcome);
            }
        } catch (RuntimeException e) {
            LOG.error("A thumbnail was not taken", e); // the worker goes on for the others
        }
    }

    private record Turn(Path image, List<Waiting> requests) {}

    /// The next in turn; null ends the worker.
    private @Nullable Turn take() {
        lock.lock();
        try {
            var latest = waiting.pollLastEntry();
            if (latest == null) {
                working--;
                return null;
            }
            return new Turn(latest.getKey(), latest.getValue());
        } finally {
            lock.unlock();
        }
    }

    private Outcome make(Path image) {
        try {
            return new Outcome.Made(source.get(image));
        } catch (ProblemException e) {
            return new Outcome.Failed(e.problem(), !Files.exists(image));
        } catch (RuntimeException e) {
            // One picture must not end the worker, which the others wait for.
            LOG.error("No thumbnail of {}", image, e);
            return new Outcome.Failed(
                    new Problem("The image cannot be shown", image + ": " + e, ""), false);
        }
    }
}
