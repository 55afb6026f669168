package org.palimpsest.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;

/// Progress as text on standard error: one line that is redrawn on a terminal, a line every few seconds elsewhere.
///
/// Thread-safe.
final class ConsoleProgress implements Progress {
    private static final Duration BETWEEN_REDRAWS = Duration.ofMillis(100);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final int LINE_WIDTH = 100;

    private final PrintStream error;
    private final boolean redraws;
    private final long quietNanos;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private long lastNanos;
    private boolean lineIsOpen;

    ConsoleProgress(PrintStream error) {
        this(error, System.console() != null && System.console().isTerminal());
    }

    ConsoleProgress(PrintStream error, boolean redraws) {
        this.error = error;
        this.redraws = redraws;
        this.quietNanos = (redraws ? BETWEEN_REDRAWS : BETWEEN_LINES).toNanos();
        this.lastNanos = System.nanoTime() - (redraws ? quietNanos : 0);
    }

    @Override
    public synchronized void update(ProgressUpdate update) {
        long now = System.nanoTime();
        if (now - lastNanos < quietNanos) {
            return;
        }
        lastNanos = now;
        String text =
                update.fraction() < 0
                        ? update.message()
                        : String.format(
                                Locale.ROOT,
                                "%3.0f %%  %s",
                                100 * update.fraction(),
                                update.message());
        if (redraws) {
            String shown = text.length() > LINE_WIDTH ? text.substring(0, LINE_WIDTH) : text;
            error.print("\r" + shown + " ".repeat(LINE_WIDTH - shown.length()));
            lineIsOpen = true;
        } else {
            error.println(text);
        }
        error.flush();
    }

    /// Prints a line that stays, whatever the progress.
    synchronized void line(String text) {
        close();
        error.println(text);
    }

    /// Ends the line that is redrawn.
    synchronized void close() {
        if (lineIsOpen) {
            error.print("\r" + " ".repeat(LINE_WIDTH) + "\r");
            error.flush();
            lineIsOpen = false;
        }
    }

    void cancel() {
        cancelled.set(true);
    }

    @Override
    public boolean isCancelled() {
        return cancelled.get();
    }
}
