package org.palimpsest.ui.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.palimpsest.project.EvaluationFigures;
import org.palimpsest.ui.support.Samples;

class EvaluationTextTest {
    private static EvaluationFigures figures(double ap, double edits) {
        return new EvaluationFigures(
                "toy",
                "abc",
                10,
                2,
                20,
                List.of(
                        new EvaluationFigures.Figure(
                                "detect",
                                "mAP",
                                ap,
                                7,
                                Optional.of(new EvaluationFigures.Range(0.25, 0.75, 0.95))),
                        new EvaluationFigures.Figure(
                                "caption en", "from the future", 2, 7, Optional.empty())),
                List.of(
                        new EvaluationFigures.LabelFigures(
                                "=cat, \"big\"", 3, 4, ap, Double.NaN, 0.5, 1, 2 / 3.0, 0.9)),
                Map.of(EvaluationFigures.ACTIONS_PER_IMAGE, edits));
    }

    @Test
    void aTableHasEveryFigureAndNoFormula() {
        assertThat(EvaluationText.csv(figures(0.5, 3)))
                .isEqualTo(
                        """
                        task,figure,value,low,high,count
                        detect,mAP,0.500000,0.250000,0.750000,7
                        caption en,from the future,2.000000,,,7
                        effort,actions_per_image,3.000000,,,

                        label,objects,predicted,AP50,AP,precision@0.5,recall@0.5,F1@0.5,mean IoU
                        "'=cat, ""big\""",3,4,,0.500000,0.500000,1.000000,0.666667,0.900000
                        """
                                .replace("\n", "\r\n"));
    }

    @Test
    void fewerEditsAreBetterAndMorePrecisionIs() {
        var rows = FigureRow.of(figures(0.5, 3), Optional.of(figures(0.25, 2)));
        assertThat(rows)
                .extracting(
                        FigureRow::task, FigureRow::value, FigureRow::change, FigureRow::direction)
                .containsExactly(
                        tuple("Correcting", 3.0, 1.0, -1),
                        tuple("Boxes", 0.5, 0.25, 1),
                        tuple("“caption en”", 2.0, 0.0, 0));
        assertThat(rows.get(1).meaning()).startsWith("How well objects are found");
        assertThat(rows.get(2).name()).isEqualTo("from the future");
        assertThat(rows.get(2).meaning()).isEmpty();
    }

    @Test
    void aTextToPasteSaysWithWhatItIsCompared() {
        var now = new Shown(Samples.NOW, "split:test", figures(0.5, 3), Optional.empty());
        var old = new Shown(Samples.NOW.minusSeconds(60), "", figures(0.25, 2), Optional.empty());
        assertThat(EvaluationText.plain(now, Optional.of(old)))
                .startsWith("toy, ")
                .contains("Test images", "Compared with toy", "All images")
                .contains("Boxes\tAverage precision (mAP)\t0.500\t+0.250")
                .contains("=cat, \"big\"\t3\t–\t0.500\t0.500\t1.000\t0.667\t0.900");
    }

    @Test
    void numbersThatAreNotKnownAreDashes() {
        assertThat(Numbers.share(Double.NaN)).isEqualTo("–");
        assertThat(Numbers.change(-0.25)).isEqualTo("−0.250");
        assertThat(Numbers.change(0.0001)).isEqualTo("0.000");
    }
}
