package org.palimpsest.job;

import org.palimpsest.problem.ProblemException;

/// How long work tells what it does and learns that it should stop.
///
/// Implementations are thread-safe: work may report from any thread.
public interface Progress {
    /// Reports nothing and is never cancelled.
    Progress NONE =
            new Progress() {
                @Override
                public void update(ProgressUpdate update) {}

                @Override
                public boolean isCancelled() {
                    return false;
                }
            };

    void update(ProgressUpdate update);

    boolean isCancelled();

    /// Reports what is being done, without a fraction.
    default void message(String message) {
        update(new ProgressUpdate(message, -1));
    }

    /// Stops the work where it stands if it is to stop.
    ///
    /// @param summary says what was stopped, such as `The export was cancelled`
    default void throwIfCancelled(String summary) throws ProblemException {
        if (isCancelled()) {
            throw new ProblemException(summary, "", "");
        }
    }
}
