package org.palimpsest.inference;

import java.util.function.LongSupplier;

/// Measures how fast an answer is written, from its first token on.
final class SpeedMeter {
    private final LongSupplier nanoTime;
    private long firstAt;
    private int firstTokens = -1;
    private double tokensPerSecond;

    SpeedMeter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void token(int tokens) {
        long now = nanoTime.getAsLong();
        if (firstTokens < 0) {
            firstAt = now;
            firstTokens = tokens;
        } else if (now > firstAt) {
            tokensPerSecond = (tokens - firstTokens) * 1e9 / (now - firstAt);
        }
    }

    /// 0 until a second token came.
    double tokensPerSecond() {
        return tokensPerSecond;
    }
}
