package org.palimpsest.ui.review;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// How long a person takes for an image. Breaks do not count.
///
/// Confined to the interface's thread.
final class ReviewPace {
    private static final Duration BREAK = Duration.ofMinutes(3);

    private final InstantSource clock;
    private @Nullable Instant last;
    private Duration spent = Duration.ZERO;
    private int images;

    ReviewPace(InstantSource clock) {
        this.clock = clock;
    }

    /// The person begins anew.
    void begin() {
        last = clock.instant();
        spent = Duration.ZERO;
        images = 0;
    }

    /// The person is done with an image.
    void finish() {
        var now = clock.instant();
        if (last != null) {
            var took = Duration.between(last, now);
            if (took.compareTo(BREAK) < 0) {
                spent = spent.plus(took);
                images++;
            }
        }
        last = now;
    }

    /// Seconds for an image; empty as long as there is none to judge by.
    OptionalLong secondsPerImage() {
        return images == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round(spent.toMillis() / 1000.0 / images));
    }
}
