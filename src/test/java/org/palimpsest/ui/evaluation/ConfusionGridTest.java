package org.palimpsest.ui.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.palimpsest.evaluation.ConfusionMatrix;
import org.palimpsest.evaluation.ConfusionMatrix.Cell;

class ConfusionGridTest {
    private static final Optional<String> CAT = Optional.of("cat");
    private static final Optional<String> DOG = Optional.of("dog");
    private static final Optional<String> NONE = Optional.empty();

    @Test
    void cellsAreSaidInWords() {
        var grid =
                new ConfusionGrid(
                        new ConfusionMatrix(
                                Map.of(
                                        new Cell(DOG, DOG), 6,
                                        new Cell(DOG, CAT), 2,
                                        new Cell(CAT, NONE), 1,
                                        new Cell(NONE, DOG), 3)));
        assertThat(grid.size()).isEqualTo(3);
        assertThat(grid.rowTitle(0)).isEqualTo("dog");
        assertThat(grid.columnTitle(2)).isEqualTo("(missed)");
        assertThat(grid.rowTitle(2)).isEqualTo("(made up)");
        assertThat(grid.share(0, 1)).isEqualTo(0.25);
        assertThat(grid.words(0, 0)).isEqualTo("6 of 8 “dog” were found (75%).");
        assertThat(grid.words(0, 1)).isEqualTo("2 of 8 “dog” were called “cat” (25%).");
        assertThat(grid.words(1, 2)).isEqualTo("1 of 1 “cat” were missed (100%).");
        assertThat(grid.words(2, 0)).isEqualTo("3 “dog” were made up.");
        assertThat(grid.words(2, 1)).isEqualTo("No “cat” was made up.");
        assertThat(new ConfusionGrid(ConfusionMatrix.NONE).size()).isZero();
    }
}
