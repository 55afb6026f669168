package org.palimpsest.ui.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.palimpsest.training.report.ModelCard;
import org.palimpsest.ui.training.FigureRow.Change;

final class FigureRowTest {

    @Test
    void fewerCorrectionsAreBetterAndSoAreMoreHits() {
        var rows =
                FigureRow.of(
                        new ModelCard.Comparison(
                                Map.of("detect recall@0.5", 0.5, "edits per image", 3.0),
                                Map.of("detect recall@0.5", 0.25, "edits per image", 1.5)));
        assertThat(rows)
                .containsExactly(
                        new FigureRow("edits per image", 3, 1.5),
                        new FigureRow("detect recall@0.5", 0.5, 0.25));
        assertThat(rows).extracting(FigureRow::change).containsExactly(Change.BETTER, Change.WORSE);
        assertThat(rows).extracting(FigureRow::difference).containsExactly("−1.500", "−0.250");
        assertThat(rows)
                .extracting(FigureRow::title)
                .containsExactly("Corrections per image", "detect: recall at 0.5");
    }

    @Test
    void aFigureThatOneSideLacksHasNoChange() {
        var rows = FigureRow.of(new ModelCard.Comparison(Map.of(), Map.of("caption CIDEr-D", 0.8)));
        assertThat(rows.getFirst().change()).isEqualTo(Change.SAME);
        assertThat(rows.getFirst().difference()).isEqualTo("–");
        assertThat(FigureRow.number(rows.getFirst().before())).isEqualTo("–");
    }
}
