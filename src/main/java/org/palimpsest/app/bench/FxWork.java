package org.palimpsest.app.bench;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;

/// Has the JavaFX thread do something for a measurement that runs on another thread, and waits for it.
public final class FxWork {
    private static final long PATIENCE_SECONDS = 300;

    private FxWork() {}

    /// What the work gives, done on the JavaFX thread.
    public static <T> T call(Callable<T> work)
            throws InterruptedException, ExecutionException, TimeoutException {
        var done = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// Waits until the condition holds on the JavaFX thread.
    public static void await(BooleanSupplier condition)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!call(condition::getAsBoolean)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("Nothing happened for " + PATIENCE_SECONDS + " s");
            }
            Thread.sleep(1);
        }
    }
}
