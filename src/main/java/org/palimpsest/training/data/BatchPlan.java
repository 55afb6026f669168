package org.palimpsest.training.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/// Which examples each step takes: a function of the seed, the lengths and the sizes alone, so that a run that is resumed
/// takes the very same batches.
///
/// Every example occurs once in an epoch. The order is shuffled anew in each; within windows of some batches examples of
/// like length come together, so that little is padded; then the batches are shuffled. An epoch whose number of examples is
/// no multiple of the batch has batches that differ by one example at most, none larger than asked for: a last batch of
/// very few would weigh as much as the others.
///
/// Immutable and thread-safe; its iterators belong to one thread.
public final class BatchPlan {
    private static final int WINDOW_BATCHES = 8;

    private final long seed;
    private final int[] lengths;
    private final int batch;
    private final int microBatch;

    /// @param lengths tokens of each example
    /// @param batch examples of a step at most
    /// @param microBatch examples that go through the model together at most
    public BatchPlan(long seed, int[] lengths, int batch, int microBatch) {
        if (lengths.length == 0 || batch < 1 || microBatch < 1) {
            throw new IllegalArgumentException(
                    lengths.length + " examples, batch " + batch + " in runs of " + microBatch);
        }
        this.seed = seed;
        this.lengths = lengths.clone();
        this.batch = batch;
        this.microBatch = microBatch;
    }

    /// An example taken once.
    ///
    /// @param example its index
    /// @param epoch which tells this draw from others of the same example
    public record Draw(int example, int epoch) {}

    /// What one change of the parameters is made of.
    ///
    /// @param number counted from 0
    /// @param microBatches those of like length together
    public record Step(int number, int epoch, List<List<Draw>> microBatches) {
        public Step {
            microBatches = microBatches.stream().map(List::copyOf).toList();
        }

        public int examples() {
            return microBatches.stream().mapToInt(List::size).sum();
        }
    }

    public int stepsPerEpoch() {
        return Math.ceilDiv(lengths.length, batch);
    }

    /// The seed of everything that is random about a draw, such as its augmentation.
    public long seedOf(Draw draw) {
        return Seeds.mix(seed, 1, draw.epoch(), draw.example());
    }

    /// The steps from this one on, without end. Where it begins costs no more than one epoch.
    public Iterator<Step> steps(int from) {
        if (from < 0) {
            throw new IllegalArgumentException("Step " + from);
        }
        return new Iterator<>() {
            private int next = from;
            private List<Step> epoch = List.of();

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Step next() {
                int place = next % stepsPerEpoch();
                if (epoch.isEmpty() || place == 0) {
                    epoch = epoch(next / stepsPerEpoch());
                }
                next++;
                return epoch.get(place);
            }
        };
    }

    /// Every step of an epoch.
    public List<Step> epoch(int epoch) {
        SplittableRandom random = Seeds.random(seed, 0, epoch);
        int[] order = new int[lengths.length];
        Arrays.setAll(order, i -> i);
        shuffle(order, random);
        Integer[] sorted = Arrays.stream(order).boxed().toArray(Integer[]::new);
        // Windows end where batches end: else a batch would mix long and short.
        for (int first = 0; first < stepsPerEpoch(); first += WINDOW_BATCHES) {
            int end = Math.min(stepsPerEpoch(), first + WINDOW_BATCHES);
            // Stable: examples of one length stay shuffled.
            Arrays.sort(
                    sorted,
                    partStart(sorted.length, stepsPerEpoch(), first),
                    partStart(sorted.length, stepsPerEpoch(), end),
                    Comparator.comparingInt(i -> lengths[i]));
        }
        int[] places = new int[stepsPerEpoch()];
        Arrays.setAll(places, i -> i);
        shuffle(places, random);
        var parts = parts(Arrays.asList(sorted), stepsPerEpoch());
        var steps = new ArrayList<Step>(places.length);
        for (int i = 0; i < places.length; i++) {
            var runs = microBatches(parts.get(places[i]), microBatch, epoch);
            steps.add(new Step(Math.addExact(epoch * places.length, i), epoch, runs));
        }
        return steps;
    }

    /// Every example once, those of like length together, as an evaluation takes them.
    public static List<List<Draw>> once(int[] lengths, int microBatch) {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < lengths.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingInt(i -> lengths[i]));
        return microBatches(order, microBatch, 0);
    }

    private static List<List<Draw>> microBatches(List<Integer> examples, int most, int epoch) {
        return parts(examples, Math.ceilDiv(examples.size(), most)).stream()
                .map(part -> part.stream().map(example -> new Draw(example, epoch)).toList())
                .toList();
    }

    /// So many parts, in order, whose sizes differ by one at most.
    private static <T> List<List<T>> parts(List<T> all, int count) {
        var parts = new ArrayList<List<T>>();
        for (int i = 0; i < count; i++) {
            parts.add(
                    all.subList(
                            partStart(all.size(), count, i), partStart(all.size(), count, i + 1)));
        }
        return parts;
    }

    private static int partStart(int size, int count, int part) {
        return (int) ((long) size * part / count);
    }

    /// Fisher and Yates.
    private static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }
}
