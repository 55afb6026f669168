package org.palimpsest.benchmark.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/// Watches how much memory of its own this process holds at the most, pages of mapped files not counted.
///
/// Asks every few milliseconds on a thread of its own, because Linux keeps a high-water mark only for both together;
/// elsewhere nothing is known.
final class AnonymousMemory implements AutoCloseable {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long BETWEEN_MILLISECONDS = 4;

    private final long before;
    private final boolean known;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread watcher;
    private volatile long most;

    AnonymousMemory() {
        // What earlier work left on Java's heap is not to hide what comes.
        System.gc();
        OptionalLong now = now();
        this.known = now.isPresent();
        this.before = now.orElse(0);
        this.most = before;
        this.watcher = Thread.ofPlatform().daemon().name("memory watcher").start(this::watch);
    }

    private void watch() {
        try {
            while (known && !stopped.get()) {
                most = Math.max(most, now().orElse(0));
                Thread.sleep(BETWEEN_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// By how many bytes it grew at the most so far.
    OptionalLong growth() {
        return known ? OptionalLong.of(most - before) : OptionalLong.empty();
    }

    // The file has lines such as "RssAnon:   123456 kB".
    private static OptionalLong now() {
        if (!Files.isReadable(STATUS)) {
            return OptionalLong.empty();
        }
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("RssAnon:")) {
                    return OptionalLong.of(Long.parseLong(line.replaceAll("\\D", "")) * 1024);
                }
            }
            return OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        stopped.set(true);
        watcher.interrupt();
    }
}
