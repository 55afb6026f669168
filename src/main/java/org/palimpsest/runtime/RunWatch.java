package org.palimpsest.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Stops a running session when its token is cancelled: looks at the token every few milliseconds while the run lasts.
final class RunWatch implements AutoCloseable {
    private static final long INTERVAL_MILLISECONDS = 5;
    private static final ScheduledExecutorService CLOCK =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("session-watch").factory());

    private final OrtSession.RunOptions options;
    private final CancelToken token;
    private final ScheduledFuture<?> look;
    private boolean ended;

    RunWatch(OrtSession.RunOptions options, CancelToken token) {
        this.options = options;
        this.token = token;
        this.look =
                CLOCK.scheduleWithFixedDelay(
                        this::look,
                        INTERVAL_MILLISECONDS,
                        INTERVAL_MILLISECONDS,
                        TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        if (ended || !token.isCancelled()) {
            return;
        }
        try {
            options.setTerminate(true);
        } catch (OrtException e) {
            throw new IllegalStateException("Could not stop a session", e);
        }
    }

    /// After this the options are not touched any more.
    @Override
    public synchronized void close() {
        ended = true;
        look.cancel(false);
    }
}
