package org.palimpsest.ui.support;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Runs everything inline, so that a test of a view model needs no thread and no waiting. What other threads hand over
/// waits until [#runHandedOver] is called on the test's thread.
public final class ImmediateTaskRunner implements TaskRunner {
    private final Thread owner = Thread.currentThread();
    private final Queue<Runnable> handedOver = new ArrayDeque<>();

    @Override
    public <T> Job run(
            String name,
            Work<? extends T> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure) {
        T result;
        try {
            result = work.run(Progress.NONE);
        } catch (ProblemException e) {
            onFailure.accept(e.problem());
            return () -> {};
        }
        onSuccess.accept(result);
        return () -> {};
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
        if (Thread.currentThread() == owner) {
            action.run();
            return;
        }
        synchronized (handedOver) {
            handedOver.add(action);
            handedOver.notifyAll();
        }
    }

    /// Runs what other threads handed over until the condition holds, or fails after ten seconds.
    public void runHandedOver(java.util.function.BooleanSupplier until) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!until.getAsBoolean()) {
            Runnable next;
            synchronized (handedOver) {
                next = handedOver.poll();
                if (next == null) {
                    if (System.nanoTime() > deadline) {
                        throw new AssertionError("Nothing more happened");
                    }
                    try {
                        handedOver.wait(50);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    continue;
                }
            }
            next.run();
        }
    }
}
