package org.palimpsest.evaluation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.evaluation.MeanScore;
import org.palimpsest.evaluation.ReferenceFiles;

/// Compares with big_vision's evaluator.
class RelaxedAccuracyTest {
    @Test
    void answersAreRightWhereBigVisionSaysSo() throws IOException {
        var relaxed = MeanScore.NONE;
        var exact = MeanScore.NONE;
        for (var item : ReferenceFiles.json("vqa/relaxed-accuracy.json")) {
            var target = item.path("target").textValue();
            var prediction = item.path("prediction").textValue();
            boolean matches = RelaxedAccuracy.matches(target, prediction);
            assertThat(matches).as(item.toString()).isEqualTo(item.path("correct").booleanValue());
            relaxed = relaxed.plus(MeanScore.of(matches ? 1 : 0));
            exact = exact.plus(MeanScore.of(prediction.equals(target) ? 1 : 0));
        }
        var overall = ReferenceFiles.json("vqa/relaxed-accuracy-overall.json");
        assertThat(relaxed.mean())
                .isCloseTo(overall.path("relaxed_acc").doubleValue(), within(1e-9));
        assertThat(exact.mean()).isCloseTo(overall.path("acc").doubleValue(), within(1e-9));
        assertThat(relaxed.count()).isEqualTo(overall.path("num").longValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1_", "_1", "1__0", "0x10", "1f", "1d", "+", "e5", ".", "1 0", "½"})
    void whatPythonRefusesIsNoNumber(String text) {
        assertThat(PythonText.toFloat(text)).isEmpty();
    }

    @Test
    void whatPythonAcceptsIsANumber() {
        assertThat(PythonText.toFloat("\u00a0-1_0.5e+1_0\n")).hasValue(-10.5e10);
        assertThat(PythonText.toFloat(".5")).hasValue(0.5);
        assertThat(PythonText.toFloat("5.")).hasValue(5);
        assertThat(PythonText.toFloat("-Infinity")).hasValue(Double.NEGATIVE_INFINITY);
        assertThat(PythonText.toFloat("+NaN")).isEqualTo(OptionalDouble.of(Double.NaN));
        assertThat(PythonText.toFloat("१२")).hasValue(12);
    }
}
