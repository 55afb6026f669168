package org.palimpsest.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets a command end in order when the person presses Ctrl+C: the work is told to stop, and the process waits for it.
///
/// Close it when the work has ended.
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    /// @param cancel tells the work to stop; called from another thread
    Interruption(Runnable cancel) {
        this.hook =
                new Thread(
                        () -> {
                            cancel.run();
                            waitForTheEnd();
                        },
                        "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void waitForTheEnd() {
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.CANCELLED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already; the hook has just been let go.
        }
    }
}
