package org.palimpsest.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.data.ExampleReport.Finding;
import org.palimpsest.training.data.ExampleReport.Kind;

class ExampleEncoderTest {
    private static final int EOS = 1;

    @TempDir Path folder;

    @Test
    void tokensAreThoseOfTheHuggingFaceProcessor() throws Exception {
        var encoded = TinyModel.encoder(64).encode(TinyModel.DETECT);
        int image = TinyModel.config().numImageTokens();
        int[] ids = TinyModel.ints("tiny-paligemma2-golden/train1__input_ids.npy");
        int[] labels = TinyModel.ints("tiny-paligemma2-golden/train1__labels.npy");
        int prefix = encoded.prefixIds().length;
        assertThat(encoded.prefixIds())
                .containsExactly(Arrays.copyOfRange(ids, image, image + prefix));
        assertThat(encoded.suffixIds())
                .containsExactly(Arrays.stream(labels).filter(id -> id >= 0).toArray());
        assertThat(image + encoded.length()).isEqualTo(ids.length);
    }

    @Test
    void lineBreaksBehindThePromptAndTheImageMarkMakeNoTokens() throws Exception {
        var encoder = TinyModel.encoder(64);
        int[] plain = encoder.encode(example("caption en", "a cow")).prefixIds();
        assertThat(encoder.encode(example("<image>caption en\r\n\n", "a cow")).prefixIds())
                .containsExactly(plain);
    }

    @Test
    void aCutAnswerDoesNotTeachToStop() throws Exception {
        var whole = TinyModel.encoder(64).encode(TinyModel.CAPTION);
        var exact = TinyModel.encoder(whole.length()).encode(TinyModel.CAPTION);
        var cut = TinyModel.encoder(whole.length() - 1).encode(TinyModel.CAPTION);
        int answer = whole.suffixIds().length;
        assertThat(whole.suffixIds()).endsWith(EOS);
        assertThat(exact.suffixIds()).containsExactly(whole.suffixIds());
        assertThat(cut.suffixIds())
                .containsExactly(Arrays.copyOf(whole.suffixIds(), answer - 1))
                .doesNotContain(EOS);
    }

    @Test
    void anEmptyAnswerIsTheEndAlone() throws Exception {
        assertThat(TinyModel.encoder(64).encode(example("detect cat", "")).suffixIds())
                .containsExactly(EOS);
    }

    @Test
    void whatCannotBeTrainedOnIsLeftOutAndCounted() throws Exception {
        Path damaged = Files.writeString(folder.resolve("damaged.png"), "no picture");
        Path missing = folder.resolve("missing.png");
        var usable = example("detect cat", "");
        var marked = example("<image> caption en", "a cow<eos>");
        var result =
                TinyModel.encoder(20)
                        .encode(
                                List.of(
                                        new Example(missing, "caption en", "a cow"),
                                        new Example(damaged, "caption en", "a cow"),
                                        usable,
                                        example("word ".repeat(30), "a cow"),
                                        marked,
                                        example("detect cat", "word ".repeat(30)),
                                        new Example(missing, "caption en", "a cow")),
                                Progress.NONE);
        assertThat(result.examples()).hasSize(3);
        assertThat(result.examples().getFirst().example()).isEqualTo(usable);
        ExampleReport report = result.report();
        assertThat(List.of(report.given(), report.usable())).containsExactly(7, 3);
        Map<Kind, Finding> findings = report.findings();
        assertThat(findings.keySet()).containsExactly(Kind.values());
        assertThat(findings.get(Kind.MISSING_IMAGE))
                .isEqualTo(
                        new Finding(
                                2, List.of("example 1 (missing.png)", "example 7 (missing.png)")));
        assertThat(findings.get(Kind.UNREADABLE_IMAGE).firstPlaces().getFirst())
                .startsWith("example 2 (damaged.png), ")
                .contains("none of JPEG");
        assertThat(report.count(Kind.EMPTY_ANSWER)).isEqualTo(1);
        assertThat(report.sentences())
                .contains(
                        "1 example with an empty answer: the model learns to say nothing there:"
                                + " example 3 (small_97x61.png)")
                .anyMatch(line -> line.startsWith("2 examples left out: the image file is not"));
    }

    @Test
    void aReportNamesTheFirstPlacesOnly() throws Exception {
        var examples = Collections.nCopies(9, example("detect cat", ""));
        var report = TinyModel.encoder(20).encode(examples, Progress.NONE).report();
        var finding = report.findings().get(Kind.EMPTY_ANSWER);
        assertThat(finding.count()).isEqualTo(9);
        assertThat(finding.firstPlaces()).hasSize(5);
        assertThat(report.sentences().getFirst()).endsWith(", …");
    }

    @Test
    void nothingLeftIsAProblemThatSaysWhy() throws IOException {
        var examples = List.of(new Example(folder.resolve("missing.png"), "caption en", "a cow"));
        assertThatThrownBy(() -> TinyModel.encoder(20).encode(examples, Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("None of the 1 examples")
                .hasMessageContaining("missing.png");
        assertThatThrownBy(() -> TinyModel.encoder(20).encode(List.of(), Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no examples");
    }

    private static Example example(String prefix, String suffix) {
        return new Example(TinyModel.IMAGE, prefix, suffix);
    }
}
