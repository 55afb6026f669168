package org.palimpsest.ui.models;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;

/// Load tests and checks of models, one at a time, and how the last one of each folder ended.
///
/// Confined to the interface's thread.
final class Trials {
    private final TaskRunner tasks;
    private final Consumer<Path> onChange;
    private final Map<Path, Trial> trials = new HashMap<>();
    private TaskRunner.@Nullable Job running;

    /// @param onChange hears whose trial began or ended
    Trials(TaskRunner tasks, Consumer<Path> onChange) {
        this.tasks = tasks;
        this.onChange = onChange;
    }

    /// What is tried.
    @FunctionalInterface
    interface Attempt {
        Trial run(Progress progress) throws ProblemException;
    }

    Trial of(Path folder) {
        return trials.getOrDefault(folder, new Trial.None());
    }

    /// Begins in the background, unless something is being tried already.
    ///
    /// @param checking whether weights are checked, in place of a question
    void begin(Path folder, boolean checking, Attempt attempt) {
        if (running != null) {
            return;
        }
        keep(folder, new Trial.Running(checking));
        var name = String.valueOf(folder.getFileName());
        var job =
                tasks.<Trial>runShown(
                        Texts.get(checking ? "models.job.check" : "models.job.test", name),
                        progress -> {
                            try {
                                return attempt.run(progress);
                            } catch (CancellationException e) {
                                return new Trial.None();
                            }
                        },
                        end -> finish(folder, end),
                        problem -> finish(folder, new Trial.Failed(problem)));
        // Where work is done at once, it has ended by now.
        if (of(folder) instanceof Trial.Running) {
            running = job;
        }
    }

    private void finish(Path folder, Trial end) {
        running = null;
        keep(folder, end);
    }

    private void keep(Path folder, Trial now) {
        trials.put(folder, now);
        onChange.accept(folder);
    }

    /// Stops what is being tried.
    void stop() {
        if (running == null) {
            return;
        }
        running.cancel();
        running = null;
        for (var entry : trials.entrySet()) {
            if (entry.getValue() instanceof Trial.Running) {
                entry.setValue(new Trial.None());
                onChange.accept(entry.getKey());
            }
        }
    }
}
