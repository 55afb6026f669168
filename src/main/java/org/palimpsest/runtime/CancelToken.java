package org.palimpsest.runtime;

import java.util.function.BooleanSupplier;

/// Asks running work to stop.
///
/// Thread-safe: any thread may cancel; the work notices within some milliseconds, also inside a running session.
public final class CancelToken {
    private final BooleanSupplier outside;
    private volatile boolean cancelled;

    /// A token that only [#cancel()] cancels.
    public CancelToken() {
        this(() -> false);
    }

    /// A token that is also cancelled as soon as this condition holds; asked from other threads, some hundred times a second.
    public CancelToken(BooleanSupplier outside) {
        this.outside = outside;
    }

    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        if (!cancelled && outside.getAsBoolean()) {
            cancelled = true;
        }
        return cancelled;
    }
}
