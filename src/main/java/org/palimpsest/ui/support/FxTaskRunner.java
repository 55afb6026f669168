package org.palimpsest.ui.support;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs work on an executor and its callbacks on the JavaFX thread. Thread-safe.
public final class FxTaskRunner implements TaskRunner {
    private static final Logger LOG = LoggerFactory.getLogger(FxTaskRunner.class);

    private final Executor executor;

    public FxTaskRunner(Executor executor) {
        this.executor = executor;
    }

    @Override
    public <T> Job run(
            String name,
            Work<? extends T> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure) {
        var job = new RunningJob();
        try {
            executor.execute(() -> work(name, job, work, onSuccess, onFailure));
        } catch (RejectedExecutionException e) {
            LOG.info("{} is not begun, the program ends", name);
        }
        return job;
    }

    @Override
    public void onInterface(Runnable action) {
        Platform.runLater(action);
    }

    private static <T> void work(
            String name,
            RunningJob job,
            Work<? extends T> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure) {
        if (job.isCancelled()) {
            return;
        }
        try {
            T result = work.run(job);
            deliver(job, () -> onSuccess.accept(result));
        } catch (ProblemException e) {
            LOG.info("{}: {}", name, e.getMessage());
            deliver(job, () -> onFailure.accept(e.problem()));
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("{} failed", name, e);
            deliver(job, () -> onFailure.accept(Failures.describe(name, e)));
        }
    }

    private static void deliver(RunningJob job, Runnable callback) {
        Platform.runLater(() -> {
            if (!job.isCancelled()) {
                callback.run();
            }
        });
    }

    private static final class RunningJob implements Job, Progress {
        private volatile boolean cancelled;

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public void update(ProgressUpdate update) {
            // Short file work shows no progress; long work has the inference service.
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
