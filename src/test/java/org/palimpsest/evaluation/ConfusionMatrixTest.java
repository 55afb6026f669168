package org.palimpsest.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.palimpsest.evaluation.ConfusionMatrix.Cell;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;

class ConfusionMatrixTest {
    private static final Box PLACE = new Box(0, 0, 10, 10);

    private static LabeledRegion<Box> object(String label, double x) {
        return new LabeledRegion<>(label, PLACE.translate(x, 0));
    }

    private static Cell cell(String actual, String predicted) {
        return new Cell(name(actual), name(predicted));
    }

    private static Optional<String> name(String label) {
        return label.isEmpty() ? Optional.empty() : Optional.of(label);
    }

    /// One cat found, one called a dog, one missed, a bird made up, a dog found with an overlap of 8/12.
    @Test
    void everyObjectAndEveryPredictionHasItsCell() {
        var outcomes =
                ObjectOutcome.ofBoxes(
                        List.of(
                                object("bird", 500),
                                object("dog", 30),
                                object("cat", 0),
                                object("dog", 202)),
                        List.of(
                                object("cat", 0),
                                object("cat", 30),
                                object("cat", 60),
                                object("dog", 200)),
                        0.5);
        assertThat(outcomes)
                .containsExactly(
                        new ObjectOutcome(name("cat"), name("cat"), 1),
                        new ObjectOutcome(name("cat"), name("dog"), 1),
                        new ObjectOutcome(name("cat"), name(""), 0),
                        new ObjectOutcome(name("dog"), name("dog"), 80 / 120.0),
                        new ObjectOutcome(name(""), name("bird"), 0));
        var matrix = ConfusionMatrix.of(outcomes);
        assertThat(matrix)
                .isEqualTo(
                        new ConfusionMatrix(
                                Map.of(
                                        cell("cat", "cat"), 1,
                                        cell("cat", "dog"), 1,
                                        cell("cat", ""), 1,
                                        cell("dog", "dog"), 1,
                                        cell("", "bird"), 1)));
        assertThat(matrix.labels()).containsExactly("cat", "dog", "bird");
        assertThat(matrix.actual(name("cat"))).isEqualTo(3);
        assertThat(matrix.predicted(name("dog"))).isEqualTo(2);
        assertThat(matrix.actual(name(""))).as("made up").isEqualTo(1);
        assertThat(matrix.predicted(name(""))).as("missed").isEqualTo(1);
        assertThat(matrix.count(cell("dog", "cat"))).isZero();
        assertThat(matrix.plus(matrix).count(cell("cat", "dog"))).isEqualTo(2);
    }

    @Test
    void theBetterOverlapWinsAndAmongEqualsTheRightName() {
        assertThat(
                        ObjectOutcome.ofBoxes(
                                List.of(object("cat", 1), object("dog", 0)),
                                List.of(object("cat", 0)),
                                0.5))
                .containsExactly(
                        new ObjectOutcome(name("cat"), name("dog"), 1),
                        new ObjectOutcome(name(""), name("cat"), 0));
        assertThat(
                        ObjectOutcome.ofBoxes(
                                List.of(object("dog", 0), object("cat", 0)),
                                List.of(object("cat", 0)),
                                0.5))
                .containsExactly(
                        new ObjectOutcome(name("cat"), name("cat"), 1),
                        new ObjectOutcome(name(""), name("dog"), 0));
    }

    @Test
    void masksArePairedByTheirPixels() {
        var size = new Size(20, 10);
        var left = Mask.fromRegion(new Box(0, 0, 10, 10), size);
        var upper = Mask.fromRegion(new Box(0, 0, 10, 6), size);
        assertThat(
                        ObjectOutcome.ofMasks(
                                List.of(new LabeledRegion<>("dog", upper)),
                                List.of(new LabeledRegion<>("cat", left)),
                                0.5))
                .containsExactly(new ObjectOutcome(name("cat"), name("dog"), 0.6));
    }

    @Test
    void rowsAddUpToTheObjectsAndColumnsToThePredictions() {
        var random = new Random(3);
        for (int round = 0; round < 50; round++) {
            var predicted = objects(random);
            var actual = objects(random);
            var outcomes = ObjectOutcome.ofBoxes(predicted, actual, 0.5);
            var matrix = ConfusionMatrix.of(outcomes);
            for (var label : List.of("a", "b", "c")) {
                assertThat(matrix.actual(name(label)))
                        .isEqualTo(
                                actual.stream().filter(one -> one.label().equals(label)).count());
                assertThat(matrix.predicted(name(label)))
                        .isEqualTo(
                                predicted.stream()
                                        .filter(one -> one.label().equals(label))
                                        .count());
            }
            int pairs = (int) outcomes.stream().filter(o -> !o.isMissed() && !o.isMadeUp()).count();
            assertThat(matrix.actual(name(""))).isEqualTo(predicted.size() - pairs);
            assertThat(matrix.predicted(name(""))).isEqualTo(actual.size() - pairs);
        }
    }

    private static List<LabeledRegion<Box>> objects(Random random) {
        var all = new ArrayList<LabeledRegion<Box>>();
        for (int i = random.nextInt(12); i > 0; i--) {
            all.add(object("" + "abc".charAt(random.nextInt(3)), random.nextInt(60)));
        }
        return all;
    }
}
