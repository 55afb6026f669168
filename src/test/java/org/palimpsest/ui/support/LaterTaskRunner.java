package org.palimpsest.ui.support;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.palimpsest.problem.Problem;

/// Runs work when the test says so.
public final class LaterTaskRunner implements TaskRunner {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int cancelled;

    @Override
    public <T> Job run(
            String name,
            Work<? extends T> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure) {
        waiting.add(() -> new ImmediateTaskRunner().run(name, work, onSuccess, onFailure));
        return () -> cancelled++;
    }

    @Override
    public <T> Job runShown(
            String name,
            Work<? extends T> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure) {
        return run(name, work, onSuccess, onFailure);
    }

    @Override
    public void onInterface(Runnable action) {
        action.run();
    }

    /// How often somebody cancelled; what waits stays all the same.
    public int cancelled() {
        return cancelled;
    }

    public Queue<Runnable> waiting() {
        return waiting;
    }

    public void runNext() {
        waiting.remove().run();
    }

    public void runAll() {
        while (!waiting.isEmpty()) {
            runNext();
        }
    }
}
