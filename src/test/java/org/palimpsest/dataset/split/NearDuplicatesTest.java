package org.palimpsest.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearDuplicatesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void groupsAreThoseOfComparingAllPairs(int distance) {
        var random = new Random(distance);
        for (int round = 0; round < 20; round++) {
            long[] hashes = clustered(random, 200, distance + 2);
            assertThat(NearDuplicates.groups(hashes, distance))
                    .isEqualTo(byAllPairs(hashes, distance));
        }
    }

    @Test
    void hashesAreAlikeByOthersInBetween() {
        long[] hashes = {0b111111, 0x5555L << 40, 0, 0b000111, -1};
        assertThat(NearDuplicates.groups(hashes, 3)).containsExactly(List.of(0, 2, 3));
        assertThat(NearDuplicates.groups(hashes, 2)).isEmpty();
        assertThat(NearDuplicates.groups(new long[0], 3)).isEmpty();
    }

    @Test
    void aHundredThousandHashesTakeNoTime() {
        long[] hashes = new Random(1).longs(100_000).toArray();
        for (int i = 0; i < 1000; i++) {
            hashes[99_000 + i] = hashes[i] ^ 1L << i % 64 ^ 1L << (i * 7 + 3) % 64;
        }
        long start = System.nanoTime();
        var groups = NearDuplicates.groups(hashes, 3);
        var taken = Duration.ofNanos(System.nanoTime() - start);
        assertThat(groups).hasSize(1000).allMatch(group -> group.size() == 2);
        // Comparing all pairs would take 5 billion steps; the bound leaves room for slow machines.
        assertThat(taken).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void tooLargeADistanceIsRefused() {
        assertThatThrownBy(() -> NearDuplicates.groups(new long[2], 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8");
    }

    /// Hashes near a few centres, so that many pairs are just within or just beyond the distance.
    private static long[] clustered(Random random, int count, int flips) {
        long[] centres = random.longs(10).toArray();
        long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = centres[random.nextInt(centres.length)];
            for (int flip = random.nextInt(flips + 1); flip > 0; flip--) {
                hashes[i] ^= 1L << random.nextInt(64);
            }
        }
        return hashes;
    }

    private static List<List<Integer>> byAllPairs(long[] hashes, int distance) {
        int[] first = new int[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            first[i] = i;
        }
        for (int i = 0; i < hashes.length; i++) {
            for (int j = 0; j < i; j++) {
                if (Long.bitCount(hashes[i] ^ hashes[j]) <= distance) {
                    int from = Math.max(first[i], first[j]);
                    int to = Math.min(first[i], first[j]);
                    for (int k = 0; k <= i; k++) {
                        first[k] = first[k] == from ? to : first[k];
                    }
                }
            }
        }
        var groups = new TreeMap<Integer, List<Integer>>();
        for (int i = 0; i < hashes.length; i++) {
            groups.computeIfAbsent(first[i], _ -> new ArrayList<>()).add(i);
        }
        return groups.values().stream().filter(group -> group.size() > 1).toList();
    }
}
