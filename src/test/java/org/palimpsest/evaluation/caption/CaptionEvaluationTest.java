package org.palimpsest.evaluation.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.palimpsest.evaluation.ReferenceFiles;

/// Compares with pycocoevalcap.
class CaptionEvaluationTest {
    @Test
    void scoresOfTokenisedCaptionsAreThoseOfPycocoevalcap() throws IOException {
        var corpora = ReferenceFiles.json("captions/tokenised-small.json").properties();
        assertThat(corpora).hasSizeGreaterThan(4);
        for (var corpus : corpora) {
            var evaluation = new CaptionEvaluation();
            for (var candidate : corpus.getValue().path("candidates").properties()) {
                evaluation.addTokenised(
                        candidate.getValue().textValue(),
                        texts(corpus.getValue().path("references").path(candidate.getKey())));
            }
            compare(
                    corpus.getKey(),
                    evaluation.scores(),
                    corpus.getValue().path("expected"),
                    corpus.getValue().path("candidates"));
        }
    }

    @Test
    void scoresOfRawCaptionsAreThoseOfPycocoevalcapWithItsTokenizer() throws IOException {
        var reference = ReferenceFiles.json("captions/twenty-images.json");
        var images = reference.path("images");
        assertThat(images).hasSize(20);
        var evaluation = new CaptionEvaluation();
        for (var image : images) {
            evaluation.add(image.path("candidate").textValue(), texts(image.path("references")));
        }
        compare("twenty images", evaluation.scores(), reference.path("expected"), images);
    }

    private static void compare(
            String name, CaptionScores scores, JsonNode expected, JsonNode images) {
        for (int words = 1; words <= 4; words++) {
            assertThat(scores.bleu(words))
                    .as(name + " BLEU-" + words)
                    .isCloseTo(
                            expected.path("corpus").path("BLEU-" + words).doubleValue(),
                            within(1e-9));
        }
        assertThat(scores.cider())
                .as(name + " CIDEr-D")
                .isCloseTo(expected.at("/corpus/CIDEr-D").doubleValue(), within(1e-9));
        int place = 0;
        for (Map.Entry<String, JsonNode> image : images.properties()) {
            var own = expected.path("per_image").path(image.getKey());
            assertThat(own.size()).isEqualTo(5);
            for (int words = 1; words <= 4; words++) {
                assertThat(scores.bleuByImage().get(place).bleu(words))
                        .as(name + " " + image.getKey() + " BLEU-" + words)
                        .isCloseTo(own.path("BLEU-" + words).doubleValue(), within(1e-9));
            }
            assertThat(scores.ciderByImage().get(place))
                    .as(name + " " + image.getKey() + " CIDEr-D")
                    .isCloseTo(own.path("CIDEr-D").doubleValue(), within(1e-9));
            place++;
        }
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::textValue).toList();
    }

    @Test
    void aCaptionNeedsAReference() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaptionEvaluation().add("a cat", List.of()));
        assertThat(new CaptionEvaluation().scores().cider()).isZero();
    }
}
