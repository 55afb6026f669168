package org.palimpsest.runtime;

import java.util.concurrent.atomic.LongAdder;

/// How much time this process has spent inside sessions: what is left of an answer's time is the program's own.
///
/// Thread-safe.
public final class SessionClock {
    private static final LongAdder NANOS = new LongAdder();

    private SessionClock() {}

    /// Nanoseconds in sessions since the process began, summed over threads.
    public static long nanos() {
        return NANOS.sum();
    }

    static void add(long nanos) {
        NANOS.add(nanos);
    }
}
