package org.palimpsest.ui.evaluation;

import org.palimpsest.batch.Truth;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// Of how many images somebody said what is true.
record Known(long known, long total) {

    /// Reads the whole data set.
    static Known of(Dataset data, Progress progress) throws ProblemException {
        long[] known = {0};
        data.forEach(image -> {
            progress.throwIfCancelled("Nobody waits for it any more");
            if (Truth.isKnown(Truth.of(image))) {
                known[0]++;
            }
        });
        return new Known(known[0], data.imageCount());
    }
}
