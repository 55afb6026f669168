package org.palimpsest.ui.support;

import java.util.function.Consumer;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Runs work away from the interface's thread and brings what came of it back there.
///
/// View models know no other way off or onto the JavaFX thread, so a test runs them inline.
public interface TaskRunner {

    /// What is to be done elsewhere.
    @FunctionalInterface
    interface Work<T> {
        T run(Progress progress) throws ProblemException;
    }

    /// Begins the work. Exactly one of the two callbacks is called, on the interface's thread, unless the job was
    /// cancelled before.
    ///
    /// @param name what is being done, in words
    <T> Job run(
            String name,
            Work<? extends T> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure);

    /// Begins work that takes longer than a blink: it is shown with its progress and can be cancelled by the person, which
    /// counts as a success with what the work then returns.
    ///
    /// @param name what is being done, in words
    <T> Job runShown(
            String name,
            Work<? extends T> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure);

    /// Runs an action on the interface's thread, after what was given before. May be called from any thread.
    void onInterface(Runnable action);

    /// Work that has begun.
    interface Job {
        /// Asks the work to stop; neither callback is called any more.
        void cancel();
    }
}
