package org.palimpsest.batch;

import java.util.Locale;
import java.util.function.LongSupplier;

/// How fast a run is and how long it will take, told by the images that were really asked.
public final class LabelingRate {
    private static final double NANOS = 1e9;

    private final long total;
    private final LongSupplier nanoTime;
    private final long start;
    private long answered;
    private long skipped;

    /// @param total how many answers there will be
    /// @param nanoTime a clock, as System.nanoTime is
    public LabelingRate(long total, LongSupplier nanoTime) {
        this.total = total;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /// Answers that need not be given.
    public void skip(int count) {
        skipped += count;
    }

    /// Answers that were just given.
    public void answer(int count) {
        answered += count;
    }

    /// How much is done, 0 to 1.
    public double fraction() {
        return total == 0 ? 1 : Math.min(1, (double) (answered + skipped) / total);
    }

    /// Answers in a second; 0 while that is not known.
    public double perSecond() {
        double seconds = (nanoTime.getAsLong() - start) / NANOS;
        return seconds > 0 ? answered / seconds : 0;
    }

    /// How long it will take; negative while that is not known.
    public double secondsLeft() {
        double rate = perSecond();
        return rate > 0 ? Math.max(0, total - answered - skipped) / rate : -1;
    }

    /// `12 of 100, 2.5 a second, 35 s left`.
    public String words() {
        double rate = perSecond();
        return String.format(
                Locale.ROOT,
                "%d of %d, %.1f a second%s",
                answered + skipped,
                total,
                rate,
                rate > 0 ? ", " + duration(secondsLeft()) + " left" : "");
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
}
