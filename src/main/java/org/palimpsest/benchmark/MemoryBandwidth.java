package org.palimpsest.benchmark;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Measures how fast this machine reads main memory: threads that add up a block far larger than the caches.
final class MemoryBandwidth {
    private static final int PASSES = 7;
    private static final int LANES = 8;

    private MemoryBandwidth() {}

    /// The best of several passes, in bytes a second.
    ///
    /// @param threads how many threads read at once
    /// @param bytesPerThread size of each thread's block
    static double measure(int threads, long bytesPerThread) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (Arena arena = Arena.ofShared()) {
            var blocks = new ArrayList<MemorySegment>();
            for (int i = 0; i < threads; i++) {
                // Written once: pages that were never touched all map to one page of zeros.
                blocks.add(arena.allocate(bytesPerThread, 64).fill((byte) (i + 1)));
            }
            double best = 0;
            for (int pass = 0; pass < PASSES; pass++) {
                long start = System.nanoTime();
                var sums = new ArrayList<Future<Long>>();
                blocks.forEach(block -> sums.add(executor.submit(() -> sum(block))));
                for (Future<Long> sum : sums) {
                    sum.get();
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                best = Math.max(best, threads * (double) bytesPerThread / seconds);
            }
            return best;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            executor.shutdownNow();
        }
    }

    // Several sums side by side, so that no addition waits for the one before.
    private static long sum(MemorySegment block) {
        long count = block.byteSize() / (LANES * Long.BYTES);
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        long e = 0;
        long f = 0;
        long g = 0;
        long h = 0;
        for (long i = 0; i < count; i++) {
            long start = i * LANES;
            a += block.getAtIndex(ValueLayout.JAVA_LONG, start);
            b += block.getAtIndex(ValueLayout.JAVA_LONG, start + 1);
            c += block.getAtIndex(ValueLayout.JAVA_LONG, start + 2);
            d += block.getAtIndex(ValueLayout.JAVA_LONG, start + 3);
            e += block.getAtIndex(ValueLayout.JAVA_LONG, start + 4);
            f += block.getAtIndex(ValueLayout.JAVA_LONG, start + 5);
            g += block.getAtIndex(ValueLayout.JAVA_LONG, start + 6);
            h += block.getAtIndex(ValueLayout.JAVA_LONG, start + 7);
        }
        return a + b + c + d + e + f + g + h;
    }
}
