package org.palimpsest.ui.exchange;

import java.util.function.Consumer;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.ui.support.TaskRunner;

/// Progress that a dialog shows beside the window's status bar, a few times a second at most.
final class WatchedProgress implements Progress {
    private static final long BETWEEN = 100_000_000L;

    private final Progress to;
    private final TaskRunner tasks;
    private final Consumer<ProgressUpdate> watcher;
    private long last = System.nanoTime() - BETWEEN;

    /// @param watcher is called on the interface's thread
    WatchedProgress(Progress to, TaskRunner tasks, Consumer<ProgressUpdate> watcher) {
        this.to = to;
        this.tasks = tasks;
        this.watcher = watcher;
    }

    @Override
    public void update(ProgressUpdate update) {
        to.update(update);
        synchronized (this) {
            long now = System.nanoTime();
            if (now - last < BETWEEN) {
                return;
            }
            last = now;
        }
        tasks.onInterface(() -> watcher.accept(update));
    }

    @Override
    public boolean isCancelled() {
        return to.isCancelled();
    }
}
