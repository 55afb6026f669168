package org.palimpsest.inference;

import java.util.function.Consumer;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;

/// One submitted request: asks how it stands and stops it. Thread-safe.
public final class InferenceJob {
    private final InferenceRequest request;
    private final Consumer<JobState> listener;
    private final long sequence;
    private final Consumer<InferenceJob> onCancel;
    private volatile boolean cancelled;
    private volatile boolean interrupted;
    private volatile JobState state;

    InferenceJob(
            InferenceRequest request,
            Consumer<JobState> listener,
            long sequence,
            int ahead,
            Consumer<InferenceJob> onCancel) {
        this.onCancel = onCancel;
        this.request = request;
        this.listener = listener;
        this.sequence = sequence;
        this.state = new JobState.Queued(ahead);
    }

    public InferenceRequest request() {
        return request;
    }

    public JobState state() {
        return state;
    }

    /// Stops the request within one token, at once where it still waits. Does nothing once it is done.
    public void cancel() {
        cancelled = true;
        onCancel.accept(this);
    }

    boolean isCancelled() {
        return cancelled;
    }

    /// Stops the request for now; it is taken up again later.
    void interrupt() {
        interrupted = true;
    }

    /// Whether the request was stopped for a more urgent one. It may be taken up again from now on.
    boolean takeInterruption() {
        boolean was = interrupted && !cancelled;
        interrupted = false;
        return was;
    }

    long sequence() {
        return sequence;
    }

    void moveTo(JobState next) {
        state = next;
        listener.accept(next);
    }

    /// Reports what the model does as states of this job, with the text kept.
    Progress progress() {
        return new Progress() {
            @Override
            public void update(ProgressUpdate update) {
                if (state instanceof JobState.Running running) {
                    moveTo(running.doing(update.message()));
                }
            }

            @Override
            public boolean isCancelled() {
                return cancelled || interrupted;
            }
        };
    }
}
