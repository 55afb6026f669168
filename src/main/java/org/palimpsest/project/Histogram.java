package org.palimpsest.project;

import java.util.Arrays;
import java.util.List;

/// How many values lie between edges: from the first of two neighbours, up to the second without it.
///
/// @param edges rising, one more than there are counts; the last may be infinite
public record Histogram(List<Double> edges, List<Long> counts) {
    public Histogram {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
        if (edges.size() != counts.size() + 1 || !edges.equals(edges.stream().sorted().toList())) {
            throw new IllegalArgumentException(edges + " do not enclose " + counts);
        }
    }

    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /// Counts values into a histogram; those outside are left out.
    static final class Counter {
        private final double[] edges;
        private final long[] counts;

        Counter(double... edges) {
            this.edges = edges;
            this.counts = new long[edges.length - 1];
        }

        void add(double value) {
            add(value, 1);
        }

        void add(double value, long count) {
            int place = Arrays.binarySearch(edges, value);
            int bin = place >= 0 ? place : -place - 2;
            if (bin >= 0 && bin < counts.length) {
                counts[bin] += count;
            }
        }

        Histogram histogram() {
            return new Histogram(
                    Arrays.stream(edges).boxed().toList(), Arrays.stream(counts).boxed().toList());
        }
    }
}
