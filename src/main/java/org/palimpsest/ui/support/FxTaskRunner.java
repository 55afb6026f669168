package org.palimpsest.ui.support;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
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
    private final ObservableList<ShownJob> shown = FXCollections.observableArrayList();

    public FxTaskRunner(Executor executor) {
        this.executor = executor;
    }

    /// The work that is shown, the latest last. Read and changed on the JavaFX thread only.
    public ObservableList<ShownJob> shownJobs() {
        return shown;
    }

    @Override
    public <T> Job run(
            String name,
            Work<? extends T> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure) {
        var job = new QuietJob();
        begin(name, job, work, onSuccess, onFailure, job::isCancelled);
        return job;
    }

    @Override
    public <T> Job runShown(
            String name,
            Work<? extends T> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure) {
        var job = new ShownJob(name);
        shown.add(job);
        begin(
                name,
                job,
                work,
                result -> {
                    shown.remove(job);
                    onSuccess.accept(result);
                },
                problem -> {
                    shown.remove(job);
                    if (!job.isCancelled()) {
                        onFailure.accept(problem);
                    }
                },
                () -> false);
        return job;
    }

    @Override
    public void onInterface(Runnable action) {
        Platform.runLater(action);
    }

    /// @param silenced whether nobody is to hear of the end any more
    private <T> void begin(
            String name,
            Progress progress,
            Work<? extends T> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure,
            BooleanSupplier silenced) {
        try {
            executor.execute(() -> {
                if (!silenced.getAsBoolean()) {
                    var end = end(name, progress, work, onSuccess, onFailure);
                    Platform.runLater(() -> {
                        if (!silenced.getAsBoolean()) {
                            end.run();
                        }
                    });
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.info("{} is not begun, the program ends", name);
        }
    }

    /// Does the work; what is returned tells of its end.
    private static <T> Runnable end(
            String name,
            Progress progress,
            Work<? extends T> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure) {
        try {
            T result = work.run(progress);
            return () -> onSuccess.accept(result);
        } catch (ProblemException e) {
            LOG.info("{}: {}", name, e.getMessage());
            return () -> onFailure.accept(e.problem());
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("{} failed", name, e);
            return () -> onFailure.accept(Failures.describe(name, e));
        }
    }

    private static final class QuietJob implements Job, Progress {
        private volatile boolean cancelled;

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public void update(ProgressUpdate update) {
            // Nobody sees it.
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
