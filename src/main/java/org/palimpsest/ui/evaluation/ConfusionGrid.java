package org.palimpsest.ui.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.evaluation.ConfusionMatrix;
import org.palimpsest.evaluation.ConfusionMatrix.Cell;
import org.palimpsest.ui.support.Texts;

/// A confusion matrix by rows and columns: the labels with the most objects first, and last what was made up or missed.
final class ConfusionGrid {
    private final ConfusionMatrix matrix;
    private final List<String> labels;
    private final Map<Optional<String>, Integer> rowSums = new HashMap<>();

    ConfusionGrid(ConfusionMatrix matrix) {
        this.matrix = matrix;
        this.labels = matrix.labels();
        matrix.counts().forEach((cell, count) -> rowSums.merge(cell.actual(), count, Integer::sum));
    }

    /// How many rows there are, and as many columns; 0 where there is nothing.
    int size() {
        return labels.isEmpty() ? 0 : labels.size() + 1;
    }

    private Optional<String> label(int place) {
        return place < labels.size() ? Optional.of(labels.get(place)) : Optional.empty();
    }

    Cell cell(int row, int column) {
        return new Cell(label(row), label(column));
    }

    int count(int row, int column) {
        return matrix.count(cell(row, column));
    }

    int rowSum(int row) {
        return rowSums.getOrDefault(label(row), 0);
    }

    /// The part of its row that is in a cell, 0 to 1.
    double share(int row, int column) {
        int sum = rowSum(row);
        return sum == 0 ? 0 : (double) count(row, column) / sum;
    }

    String rowTitle(int row) {
        return label(row).orElseGet(() -> Texts.get("evaluation.confusion.madeUp"));
    }

    String columnTitle(int column) {
        return label(column).orElseGet(() -> Texts.get("evaluation.confusion.missed"));
    }

    /// A cell in a sentence.
    String words(int row, int column) {
        return words(cell(row, column));
    }

    String words(Cell cell) {
        int count = matrix.count(cell);
        int sum = rowSums.getOrDefault(cell.actual(), 0);
        double share = sum == 0 ? 0 : (double) count / sum;
        if (cell.actual().isEmpty()) {
            return cell.predicted().isEmpty()
                    ? Texts.get("evaluation.confusion.nothing")
                    : Texts.get("evaluation.confusion.words.madeUp", count, cell.predicted().get());
        }
        var actual = cell.actual().get();
        if (cell.predicted().isEmpty()) {
            return Texts.get("evaluation.confusion.words.missed", count, sum, actual, share);
        }
        return cell.isRight()
                ? Texts.get("evaluation.confusion.words.right", count, sum, actual, share)
                : Texts.get(
                        "evaluation.confusion.words.wrong",
                        count,
                        sum,
                        actual,
                        cell.predicted().get(),
                        share);
    }
}
