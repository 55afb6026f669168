package org.palimpsest.evaluation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.palimpsest.evaluation.MeanScore;
import org.palimpsest.evaluation.ReferenceFiles;

/// Compares with the official script of VQAv2 and with big_vision's evaluators.
class VqaAccuracyTest {
    private static JsonNode cases() throws IOException {
        var cases = ReferenceFiles.json("vqa/cases.json");
        assertThat(cases.path("cases")).hasSize(41);
        return cases;
    }

    private static List<String> answers(JsonNode item) {
        return item.path("answers").valueStream().map(JsonNode::textValue).toList();
    }

    @Test
    void accuracyIsThatOfTheOfficialScript() throws IOException {
        var reference = cases();
        var total = MeanScore.NONE;
        var byType = new HashMap<String, MeanScore>();
        for (var item : reference.path("cases")) {
            double accuracy =
                    VqaAccuracy.official(item.path("prediction").textValue(), answers(item));
            assertThat(accuracy * 100)
                    .as(item.toString())
                    .isCloseTo(item.path("official_accuracy_percent").doubleValue(), within(1e-6));
            total = total.plus(MeanScore.of(accuracy));
            byType.merge(
                    item.path("answer_type").textValue(), MeanScore.of(accuracy), MeanScore::plus);
        }
        var expected = reference.at("/expected_overall/official");
        assertThat(total.mean() * 100)
                .isCloseTo(expected.path("overall").doubleValue(), within(1e-6));
        assertThat(byType).hasSize(3);
        byType.forEach((type, mean) ->
                assertThat(mean.mean() * 100)
                        .isCloseTo(
                                expected.path("perAnswerType").path(type).doubleValue(),
                                within(1e-6)));
    }

    @Test
    void normalFormIsThatOfTheOfficialScript() throws IOException {
        for (var item : cases().path("cases")) {
            var onOneLine =
                    PythonText.strip(
                            item.path("prediction")
                                    .textValue()
                                    .replace('\n', ' ')
                                    .replace('\t', ' '));
            assertThat(VqaNormalization.apply(onOneLine))
                    .isEqualTo(item.path("official_normalised_prediction_alone").textValue());
        }
    }

    @Test
    void bigVisionDiffersInOneCaseOnlyWhichHasMoreThan32FullStops() throws IOException {
        var different = new ArrayList<Integer>();
        for (var item : cases().path("cases")) {
            double accuracy =
                    VqaAccuracy.official(item.path("prediction").textValue(), answers(item));
            if (Math.abs(accuracy - item.path("big_vision_vqav2_accuracy").doubleValue()) > 1e-9) {
                different.add(item.path("question_id").intValue());
            }
        }
        assertThat(different).containsExactly(41);
    }

    @Test
    void simpleFiguresAreThoseOfBigVision() throws IOException {
        var reference = cases();
        var accuracy = MeanScore.NONE;
        var any = MeanScore.NONE;
        var anls = MeanScore.NONE;
        for (var item : reference.path("cases")) {
            var prediction = item.path("prediction").textValue();
            var answers = answers(item);
            double simple = VqaAccuracy.simple(prediction, answers);
            double anyMatch = VqaAccuracy.anyMatch(prediction, answers);
            double best = Anls.best(answers, prediction);
            assertThat(List.of(simple, anyMatch, best))
                    .as(item.toString())
                    .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1)
                    .isEqualTo(
                            Stream.of(
                                            "simple_accuracy_no_normalisation",
                                            "simple_any_match",
                                            "anls")
                                    .map(name -> item.path(name).doubleValue())
                                    .toList());
            accuracy = accuracy.plus(MeanScore.of(simple));
            any = any.plus(MeanScore.of(anyMatch));
            anls = anls.plus(MeanScore.of(best));
        }
        var expected = reference.at("/expected_overall/big_vision_vqa_simple");
        assertThat(accuracy.mean()).isCloseTo(expected.path("acc").doubleValue(), within(1e-9));
        assertThat(any.mean()).isCloseTo(expected.path("acc_any").doubleValue(), within(1e-9));
        assertThat(anls.mean()).isCloseTo(expected.path("anls").doubleValue(), within(1e-9));
    }

    @Test
    void oneAnswerMustBeMetToTheLetter() {
        assertThat(VqaAccuracy.simple("a", List.of("a"))).isEqualTo(1);
        assertThat(VqaAccuracy.simple("a", List.of("b"))).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> VqaAccuracy.official("a", List.of()));
    }

    @Test
    void wordsWithOneApostropheMissingGetItBack() {
        assertThat(VqaNormalization.apply("dont y'allll whats hed've couldn'tve ow's'at"))
                .isEqualTo("don't y'all'll what's he'd've couldn't've 'ow's'at");
        assertThat(VqaNormalization.apply("couldntve shes somebody'd Im"))
                .isEqualTo("couldntve shes somebodyd im");
        assertThat(VqaNormalization.apply("None of the ten an A")).isEqualTo("0 of 10");
    }
}
