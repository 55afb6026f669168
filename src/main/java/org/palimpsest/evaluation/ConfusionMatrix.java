package org.palimpsest.evaluation;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Which labels a model takes for which; adds up over images. Only cells that are not 0 are kept.
///
/// A row is a true label, with one more for what the model made up; a column is a predicted label, with one more for what it
/// missed. So a row's sum is how many objects there are, and a column's how many were claimed.
///
/// @param counts of the cells
public record ConfusionMatrix(Map<Cell, Integer> counts) {
    public static final ConfusionMatrix NONE = new ConfusionMatrix(Map.of());

    /// A place in the matrix.
    ///
    /// @param actual empty for what was made up
    /// @param predicted empty for what was missed
    public record Cell(Optional<String> actual, Optional<String> predicted) {
        public boolean isRight() {
            return actual.equals(predicted);
        }
    }

    public ConfusionMatrix {
        counts = Map.copyOf(counts);
        for (var entry : counts.entrySet()) {
            if (entry.getValue() < 1) {
                throw new IllegalArgumentException("Not a count: " + entry);
            }
        }
    }

    public static ConfusionMatrix of(Collection<ObjectOutcome> outcomes) {
        var counts = new HashMap<Cell, Integer>();
        outcomes.forEach(outcome ->
                counts.merge(new Cell(outcome.actual(), outcome.predicted()), 1, Integer::sum));
        return new ConfusionMatrix(counts);
    }

    public ConfusionMatrix plus(ConfusionMatrix other) {
        var sum = new HashMap<>(counts);
        other.counts.forEach((cell, count) -> sum.merge(cell, count, Integer::sum));
        return new ConfusionMatrix(sum);
    }

    public int count(Cell cell) {
        return counts.getOrDefault(cell, 0);
    }

    /// How many objects have the label, or how many predictions were made up.
    public int actual(Optional<String> label) {
        return sum(cell -> cell.actual().equals(label));
    }

    /// How often the label was claimed, or how many objects were missed.
    public int predicted(Optional<String> label) {
        return sum(cell -> cell.predicted().equals(label));
    }

    private int sum(Predicate<Cell> meant) {
        return counts.entrySet().stream()
                .filter(entry -> meant.test(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /// Every label, those with the most objects first.
    public List<String> labels() {
        var names = new TreeSet<String>();
        var objects = new TreeMap<String, Integer>();
        counts.forEach((cell, count) -> {
            cell.actual().ifPresent(name -> objects.merge(name, count, Integer::sum));
            cell.actual().ifPresent(names::add);
            cell.predicted().ifPresent(names::add);
        });
        return names.stream()
                .sorted(
                        Comparator.comparing(
                                (String name) -> objects.getOrDefault(name, 0),
                                Collections.reverseOrder()))
                .toList();
    }
}
