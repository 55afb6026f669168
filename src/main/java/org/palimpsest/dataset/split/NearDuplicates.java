package org.palimpsest.dataset.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Finds pictures that look alike among many, by their perceptual hashes.
///
/// Hashes that differ in up to d bits agree in at least one of d + 1 bands of bits, so only those that share a band are
/// compared (Manku, Jain and Das Sarma, "Detecting Near-Duplicates for Web Crawling", 2007, section 3).
public final class NearDuplicates {
    /// With more, bands are so narrow that nearly everything is compared.
    public static final int MAX_DISTANCE = 7;

    private NearDuplicates() {}

    /// Takes the places of two hashes that are alike.
    @FunctionalInterface
    interface PairConsumer {
        void accept(int one, int other);
    }

    /// Groups of places whose hashes are alike, directly or by others in between; each of two or more, in rising order,
    /// the groups by their first place.
    ///
    /// @param maxDistance in how many bits hashes of one picture may differ, 0 to [#MAX_DISTANCE]
    public static List<List<Integer>> groups(long[] hashes, int maxDistance) {
        var sets = new UnionFind(hashes.length);
        forEachLink(hashes, maxDistance, sets::union);
        var groups = new TreeMap<Integer, List<Integer>>();
        for (int i = 0; i < hashes.length; i++) {
            int first = sets.find(i);
            if (first != i) {
                groups.computeIfAbsent(first, one -> new ArrayList<>(List.of(one))).add(i);
            }
        }
        return List.copyOf(groups.values());
    }

    /// Hands over pairs that are alike: enough of them to connect every two that are, some of them repeatedly.
    static void forEachLink(long[] hashes, int maxDistance, PairConsumer consumer) {
        if (maxDistance < 0 || maxDistance > MAX_DISTANCE) {
            throw new IllegalArgumentException("Distance " + maxDistance + " of 0 to 7");
        }
        int[] distinct = linkEqual(hashes, consumer);
        if (maxDistance == 0) {
            return;
        }
        int bands = maxDistance + 1;
        for (int band = 0; band < bands; band++) {
            int from = Long.SIZE * band / bands;
            int width = Long.SIZE * (band + 1) / bands - from;
            long mask = (1L << width) - 1;
            long[] keys = new long[distinct.length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = (hashes[distinct[i]] >>> from & mask) << Integer.SIZE | distinct[i];
            }
            Arrays.sort(keys);
            linkWithinBands(hashes, keys, maxDistance, consumer);
        }
    }

    /// Links equal hashes in a chain, and gives the place of one of each.
    private static int[] linkEqual(long[] hashes, PairConsumer consumer) {
        var order =
                IntStream.range(0, hashes.length)
                        .boxed()
                        .sorted(Comparator.comparingLong(i -> hashes[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int[] distinct = new int[order.length];
        int count = 0;
        for (int i = 0; i < order.length; i++) {
            if (i > 0 && hashes[order[i]] == hashes[order[i - 1]]) {
                consumer.accept(order[i - 1], order[i]);
            } else {
                distinct[count++] = order[i];
            }
        }
        return Arrays.copyOf(distinct, count);
    }

    /// @param keys bits of the band above the place of the hash, sorted
    private static void linkWithinBands(
            long[] hashes, long[] keys, int maxDistance, PairConsumer consumer) {
        int start = 0;
        for (int end = 1; end <= keys.length; end++) {
            if (end < keys.length && keys[end] >>> Integer.SIZE == keys[start] >>> Integer.SIZE) {
                continue;
            }
            for (int i = start; i < end; i++) {
                int one = (int) keys[i];
                for (int j = i + 1; j < end; j++) {
                    int other = (int) keys[j];
                    if (Long.bitCount(hashes[one] ^ hashes[other]) <= maxDistance) {
                        consumer.accept(one, other);
                    }
                }
            }
            start = end;
        }
    }
}
