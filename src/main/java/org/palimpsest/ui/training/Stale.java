package org.palimpsest.ui.training;

import java.util.concurrent.atomic.AtomicInteger;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;

/// Ends work that was asked for before something else was.
///
/// @param latest the number of the latest question
/// @param mine the number of this one
record Stale(AtomicInteger latest, int mine) implements Progress {
    @Override
    public void update(ProgressUpdate update) {
        // Nobody waits long enough to read it.
    }

    @Override
    public boolean isCancelled() {
        return latest.get() != mine;
    }
}
