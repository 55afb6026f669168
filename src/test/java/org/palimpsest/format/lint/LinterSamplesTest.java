package org.palimpsest.format.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;

/// What the linter says of data sets that others made.
class LinterSamplesTest {
    private static final Path DAMAGED = Path.of("src/test/resources/reference/formats/damaged");
    private static final Path SAMPLES = Path.of("src/test/resources/org/palimpsest/format/jsonl");

    private static final String BOX = "<loc0100><loc0200><loc0300><loc0400>";
    private static final String GOOD =
            """
            {"image":"a.png","prefix":"detect cat","suffix":"%s cat"}
            {"image":"a.png","prefix":"segment cat","suffix":"%s%s cat"}
            """
                    .formatted(BOX, BOX, "<seg010>".repeat(16));

    @TempDir Path folder;

    @BeforeEach
    void makeImage() throws Exception {
        ImageFiles.writePng(new Picture(20, 20, new byte[1200]), folder.resolve("a.png"));
    }

    /// The damaged samples, with what a check for big_vision tells.
    @ParameterizedTest
    @CsvSource({
        "28-jsonl-bom, BYTE_ORDER_MARK",
        "29-jsonl-blank-line, BLANK_LINE",
        "30-jsonl-crlf, CARRIAGE_RETURN",
        "31-jsonl-no-final-newline, NO_FINAL_LINE_BREAK",
        "32-jsonl-truncated, NO_FINAL_LINE_BREAK NOT_JSON",
        "33-jsonl-missing-key, MISSING_KEY DIFFERENT_KEYS",
        "34-jsonl-list-value, NOT_A_STRING NESTED_VALUE",
        "35-jsonl-mixed-types, MIXED_TYPES",
        "36-jsonl-array-line, NO_FINAL_LINE_BREAK NOT_JSON",
        "37-loc1024, LOCATION_RANGE",
        "38-loc-inverted, DEGENERATE_BOX",
        "39-seg-fifteen, MASK_TOKENS",
        "40-prefix-newline, PROMPT_LINE_BREAK",
        "41-prefix-image-token, IMAGE_TOKEN",
        "42-jsonl-path-parent, IMAGE_PATH",
    })
    void damagedFilesAreTold(String name, String rules) throws Exception {
        var report =
                lint(
                        DAMAGED.resolve(name),
                        LintTarget.find("bigvision"),
                        LintOptions.DEFAULT.withImageFolder(folder));
        assertThat(rulesOf(report)).isEqualTo(rules);
    }

    @ParameterizedTest
    @CsvSource({
        "big-vision-jsonl, bigvision, IMAGE_TURNED EMPTY_ANSWER",
        "maestro-jsonl, maestro, IMAGE_TURNED EMPTY_ANSWER",
        "roboflow-paligemma, roboflow, IMAGE_TURNED EMPTY_ANSWER",
    })
    void theSamplesAreGoodButForATurnedAndAnEmptyPicture(String name, String target, String rules)
            throws Exception {
        var report = lint(SAMPLES.resolve(name), LintTarget.find(target), LintOptions.DEFAULT);
        assertThat(rulesOf(report)).isEqualTo(rules);
        assertThat(report.hasErrors()).isFalse();
    }

    @Test
    void noChangeToAFileStopsTheCheck() throws Exception {
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        var random = new Random(4);
        var target = LintTarget.find("roboflow");
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = good.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(folder.resolve("x.jsonl"), bytes);
            assertThat(lint(folder.resolve("x.jsonl"), target, LintOptions.DEFAULT).files())
                    .isEqualTo(1);
        }
    }

    private static LintReport lint(Path dataset, LintTarget target, LintOptions options)
            throws Exception {
        return Linter.lint(dataset, target, options, Progress.NONE);
    }

    private static String rulesOf(LintReport report) {
        return report.groups().stream()
                .map(group -> group.rule().name())
                .collect(Collectors.joining(" "));
    }
}
