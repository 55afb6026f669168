package org.palimpsest.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;

/// Progress of work that is to begin and then to stop. Thread-safe.
final class BegunOnly implements Progress {
    private final Progress progress;
    private final AtomicBoolean stopped = new AtomicBoolean();

    BegunOnly(Progress progress) {
        this.progress = progress;
    }

    void stop() {
        stopped.set(true);
    }

    @Override
    public void update(ProgressUpdate update) {
        progress.update(update);
    }

    @Override
    public boolean isCancelled() {
        return stopped.get() || progress.isCancelled();
    }
}
