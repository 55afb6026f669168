package org.palimpsest.ui.queue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.palimpsest.batch.ImageRun;
import org.palimpsest.problem.Problem;
import org.palimpsest.project.ModelRun;
import org.palimpsest.project.ProjectQueue;

/// One run as the queue shows it. Immutable.
///
/// @param counts how far it is
/// @param perSecond images in a second; 0 while that is not known
/// @param secondsLeft how long it will take; negative while that is not known
/// @param run names it in the project, once it has begun
/// @param failures images that got no answer that could be used
/// @param problem why it stopped
public record QueuedRun(
        ProjectQueue.Entry entry,
        State state,
        ImageRun.Counts counts,
        double perSecond,
        double secondsLeft,
        OptionalLong run,
        List<ModelRun.Failure> failures,
        Optional<Problem> problem) {
    public QueuedRun {
        failures = List.copyOf(failures);
    }

    /// What a run is doing.
    public enum State {
        WAITING,
        OPENING,
        RUNNING,
        PAUSED,
        /// Something went wrong; it can be resumed.
        BROKEN,
        DONE,
        UNDONE;

        /// Whether it goes on when its turn comes.
        boolean isLeft() {
            return switch (this) {
                case WAITING, OPENING, RUNNING, PAUSED, BROKEN -> true;
                case DONE, UNDONE -> false;
            };
        }
    }

    static QueuedRun waiting(ProjectQueue.Entry entry) {
        return new QueuedRun(
                entry,
                entry.paused() ? State.PAUSED : State.WAITING,
                ImageRun.Counts.NONE,
                0,
                -1,
                OptionalLong.empty(),
                List.of(),
                Optional.empty());
    }

    public UUID id() {
        return entry.id();
    }

    QueuedRun in(State next) {
        return new QueuedRun(entry, next, counts, 0, -1, run, failures, Optional.empty());
    }

    QueuedRun paused(boolean paused) {
        return new QueuedRun(
                entry.withPaused(paused),
                paused ? State.PAUSED : State.WAITING,
                counts,
                0,
                -1,
                run,
                failures,
                Optional.empty());
    }

    QueuedRun broken(Problem reason) {
        return new QueuedRun(
                entry.withPaused(true),
                State.BROKEN,
                counts,
                0,
                -1,
                run,
                failures,
                Optional.of(reason));
    }

    QueuedRun begun(long id, ImageRun.Counts now, List<ModelRun.Failure> before) {
        return new QueuedRun(
                entry, State.RUNNING, now, 0, -1, OptionalLong.of(id), before, Optional.empty());
    }

    QueuedRun at(ImageRun.Counts now, double rate, double left) {
        return new QueuedRun(entry, state, now, rate, left, run, failures, problem);
    }

    QueuedRun with(List<ModelRun.Failure> now) {
        return new QueuedRun(entry, state, counts, perSecond, secondsLeft, run, now, problem);
    }

    /// How much is done, 0 to 1.
    public double fraction() {
        return switch (state) {
            case DONE, UNDONE -> 1;
            case WAITING, OPENING, RUNNING, PAUSED, BROKEN ->
                    counts.total() == 0 ? 0 : (double) counts.done() / counts.total();
        };
    }
}
