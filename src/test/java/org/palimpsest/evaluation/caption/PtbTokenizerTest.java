package org.palimpsest.evaluation.caption;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.palimpsest.evaluation.ReferenceFiles;

/// Compares with Stanford CoreNLP 3.4.1 as the caption tools call it.
class PtbTokenizerTest {
    @Test
    void difficultLinesAreSplitAsByTheOriginal() throws IOException {
        var lines = ReferenceFiles.json("captions/ptb-lines.json");
        assertThat(lines).hasSize(30);
        for (var line : lines) {
            assertThat(String.join(" ", PtbTokenizer.captionWords(line.path("text").textValue())))
                    .isEqualTo(line.path("tokens").textValue());
        }
    }

    @Test
    void captionsAreSplitAsByTheOriginal() throws IOException {
        for (var image : ReferenceFiles.json("captions/twenty-images.json").path("images")) {
            assertThat(
                            String.join(
                                    " ",
                                    PtbTokenizer.captionWords(image.path("candidate").textValue())))
                    .isEqualTo(image.path("tokenised_candidate").textValue());
            for (int i = 0; i < image.path("references").size(); i++) {
                assertThat(
                                String.join(
                                        " ",
                                        PtbTokenizer.captionWords(
                                                image.path("references").get(i).textValue())))
                        .isEqualTo(image.path("tokenised_references").get(i).textValue());
            }
        }
    }
}
