package org.palimpsest.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.palimpsest.training.data.BatchPlan.Draw;
import org.palimpsest.training.data.BatchPlan.Step;

class BatchPlanTest {

    @Test
    void everyExampleOccursOnceInAnEpochWithinTheSizesAskedFor() {
        var random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            int count = random.nextInt(1, 60);
            int batch = random.nextInt(1, 12);
            int microBatch = random.nextInt(1, batch + 1);
            var plan = new BatchPlan(round, lengths(count, random), batch, microBatch);
            for (int epoch = 0; epoch < 2; epoch++) {
                List<Step> steps = plan.epoch(epoch);
                assertThat(steps)
                        .hasSize(plan.stepsPerEpoch())
                        .hasSize((count + batch - 1) / batch);
                var sizes = steps.stream().mapToInt(Step::examples).summaryStatistics();
                assertThat(sizes.getMax()).isLessThanOrEqualTo(batch);
                assertThat(sizes.getMax() - sizes.getMin()).isLessThanOrEqualTo(1);
                assertThat(steps)
                        .allSatisfy(step ->
                                assertThat(step.microBatches())
                                        .allMatch(part -> !part.isEmpty())
                                        .allMatch(part -> part.size() <= microBatch));
                assertThat(draws(steps).stream().map(Draw::example))
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, count).boxed().toList());
            }
        }
    }

    @Test
    void aResumedRunTakesTheVerySameSteps() {
        int[] lengths = lengths(23, new SplittableRandom(1));
        var plan = new BatchPlan(7, lengths, 4, 2);
        var whole = new ArrayList<Step>();
        var steps = plan.steps(0);
        for (int i = 0; i < 20; i++) {
            whole.add(steps.next());
        }
        assertThat(whole).extracting(Step::number).containsExactlyElementsOf(range(0, 20));
        assertThat(whole.get(7).epoch()).isEqualTo(1);
        for (int from = 0; from < 20; from++) {
            var resumed = new BatchPlan(7, lengths, 4, 2).steps(from);
            for (int i = from; i < 20; i++) {
                assertThat(resumed.next()).isEqualTo(whole.get(i));
            }
        }
    }

    @Test
    void seedsAndEpochsGiveOtherOrders() {
        int[] lengths = lengths(40, new SplittableRandom(1));
        var plan = new BatchPlan(7, lengths, 4, 4);
        var orders = new HashSet<List<Integer>>();
        for (int epoch = 0; epoch < 3; epoch++) {
            orders.add(examples(plan.epoch(epoch)));
            orders.add(examples(new BatchPlan(8, lengths, 4, 4).epoch(epoch)));
        }
        assertThat(orders).hasSize(6);
    }

    @Test
    void examplesOfLikeLengthComeTogetherAndLittleIsPadded() {
        var random = new SplittableRandom(3);
        for (int count : new int[] {800, 797}) {
            int[] lengths = IntStream.range(0, count).map(_ -> random.nextInt(10, 201)).toArray();
            assertThat(paddedShare(lengths, new BatchPlan(1, lengths, 8, 4).epoch(0)))
                    .isLessThan(0.05);
            assertThat(paddedShare(lengths, new BatchPlan(1, lengths, 8, 8).epoch(0)))
                    .isLessThan(0.1);
            assertThat(paddedShare(lengths, new BatchPlan(1, lengths, 1, 1).epoch(0))).isZero();
        }
    }

    @Test
    void longExamplesDoNotAllComeAtTheEnd() {
        int[] lengths = IntStream.range(0, 640).toArray();
        var firstLengths =
                new BatchPlan(1, lengths, 8, 8)
                        .epoch(0).stream()
                                .mapToInt(step ->
                                        step.microBatches().getFirst().getFirst().example());
        int[] found = firstLengths.toArray();
        int[] sorted = found.clone();
        Arrays.sort(sorted);
        assertThat(found).isNotEqualTo(sorted);
        double firstHalf = Arrays.stream(found, 0, 40).average().orElseThrow();
        assertThat(firstHalf).isBetween(220.0, 420.0);
    }

    @Test
    void drawsOfAnExampleHaveSeedsOfTheirOwn() {
        var plan = new BatchPlan(7, new int[] {1, 1, 1}, 2, 1);
        var seeds = new HashSet<Long>();
        for (int epoch = 0; epoch < 100; epoch++) {
            for (int example = 0; example < 3; example++) {
                seeds.add(plan.seedOf(new Draw(example, epoch)));
            }
        }
        assertThat(seeds).hasSize(300);
    }

    @Test
    void anEvaluationTakesEveryExampleOnceByLength() {
        assertThat(BatchPlan.once(new int[] {5, 2, 9, 3, 4}, 2))
                .containsExactly(
                        List.of(new Draw(1, 0)),
                        List.of(new Draw(3, 0), new Draw(4, 0)),
                        List.of(new Draw(0, 0), new Draw(2, 0)));
    }

    private static double paddedShare(int[] lengths, List<Step> steps) {
        long held = 0;
        long padded = 0;
        for (Step step : steps) {
            for (List<Draw> part : step.microBatches()) {
                int longest =
                        part.stream().mapToInt(draw -> lengths[draw.example()]).max().orElse(0);
                for (Draw draw : part) {
                    held += longest;
                    padded += longest - lengths[draw.example()];
                }
            }
        }
        return padded / (double) held;
    }

    private static List<Draw> draws(List<Step> steps) {
        return steps.stream()
                .flatMap(step -> step.microBatches().stream())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Integer> examples(List<Step> steps) {
        return draws(steps).stream().map(Draw::example).toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static int[] lengths(int count, SplittableRandom random) {
        return IntStream.range(0, count).map(_ -> random.nextInt(1, 50)).toArray();
    }
}
