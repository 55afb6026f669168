package org.palimpsest.format.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.palimpsest.format.Finding;
import org.palimpsest.format.Finding.Severity;
import org.palimpsest.format.jsonl.JsonlFlavor;
import org.palimpsest.format.jsonl.JsonlRule;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.token.Tokenizers;
import org.palimpsest.problem.ProblemException;

class LinterTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final Path SAMPLES = Path.of("src/test/resources/org/palimpsest/format/jsonl");
    private static final String BOX = "<loc0100><loc0200><loc0300><loc0400>";
    private static final String CODES = "<seg010>".repeat(16);
    private static final String GOOD = line("a.png", "detect cat", BOX + " cat");

    @TempDir Path folder;

    @BeforeEach
    void makeImages() throws Exception {
        writeImage("a.png", 1);
        writeImage("b.png", 2);
    }

    /// A rule, files that break it just once, and how bad that is for big_vision.
    private record Case(JsonlRule rule, Severity severity, String... linesOfTheFile) {}

    private static final List<Case> CASES =
            List.of(
                    new Case(JsonlRule.BYTE_ORDER_MARK, Severity.ERROR, "\uFEFF" + GOOD),
                    new Case(JsonlRule.BLANK_LINE, Severity.ERROR, GOOD, ""),
                    new Case(JsonlRule.CARRIAGE_RETURN, Severity.WARNING, GOOD + "\r"),
                    new Case(JsonlRule.LINE_TOO_LONG, Severity.ERROR, "x".repeat((1 << 20) + 1)),
                    new Case(JsonlRule.NOT_JSON, Severity.ERROR, GOOD, "{"),
                    new Case(JsonlRule.NOT_AN_OBJECT, Severity.ERROR, GOOD, "[]"),
                    new Case(
                            JsonlRule.MISSING_KEY,
                            Severity.ERROR,
                            "{\"image\":\"a.png\",\"prefix\":\"x\"}"),
                    new Case(
                            JsonlRule.OTHER_TRAINERS_KEYS,
                            Severity.ERROR,
                            "{\"images\":\"a.png\",\"prompts\":\"x\\n\",\"responses\":\"y\"}"),
                    new Case(
                            JsonlRule.NOT_A_STRING,
                            Severity.ERROR,
                            "{\"image\":\"a.png\",\"prefix\":\"x\",\"suffix\":3}"),
                    new Case(
                            JsonlRule.NESTED_VALUE,
                            Severity.ERROR,
                            GOOD.replace("{", "{\"x\":{\"y\":1},")),
                    new Case(
                            JsonlRule.MIXED_TYPES,
                            Severity.ERROR,
                            GOOD.replace("{", "{\"x\":1,"),
                            line("b.png", "detect cat", BOX + " cat")
                                    .replace("{", "{\"x\":\"1\",")),
                    new Case(
                            JsonlRule.DIFFERENT_KEYS,
                            Severity.ERROR,
                            GOOD,
                            line("b.png", "detect cat", BOX + " cat").replace("{", "{\"x\":1,")),
                    new Case(JsonlRule.IMAGE_PATH, Severity.ERROR, line("../a.png", "x", "y")),
                    new Case(JsonlRule.IMAGE_MISSING, Severity.ERROR, line("no.png", "x", "y")),
                    new Case(
                            JsonlRule.IMAGE_UNREADABLE, Severity.ERROR, line("text.png", "x", "y")),
                    new Case(
                            JsonlRule.IMAGE_TURNED, Severity.WARNING, line("turned.jpg", "x", "y")),
                    new Case(JsonlRule.DUPLICATE_EXAMPLE, Severity.WARNING, GOOD, GOOD),
                    new Case(
                            JsonlRule.PROMPT_LINE_BREAK,
                            Severity.WARNING,
                            line("a.png", "caption en\\n", "x")),
                    new Case(
                            JsonlRule.IMAGE_TOKEN,
                            Severity.WARNING,
                            line("a.png", "<image>caption en", "x")),
                    new Case(JsonlRule.EMPTY_ANSWER, Severity.WARNING, line("a.png", "x", " ")),
                    new Case(
                            JsonlRule.LOCATION_RANGE,
                            Severity.ERROR,
                            line(
                                    "a.png",
                                    "detect cat",
                                    "<loc0000><loc0000><loc1024><loc0003> cat")),
                    new Case(
                            JsonlRule.MALFORMED_ANSWER,
                            Severity.ERROR,
                            line("a.png", "detect cat", "a cat")),
                    new Case(
                            JsonlRule.DEGENERATE_BOX,
                            Severity.ERROR,
                            line(
                                    "a.png",
                                    "detect cat",
                                    "<loc0300><loc0200><loc0100><loc0400> cat")),
                    new Case(
                            JsonlRule.THIN_BOX,
                            Severity.WARNING,
                            line(
                                    "a.png",
                                    "detect cat",
                                    "<loc0300><loc0200><loc0301><loc0400> cat")),
                    new Case(
                            JsonlRule.MASK_TOKENS,
                            Severity.ERROR,
                            line("a.png", "segment cat", BOX + CODES + "<seg001> cat")),
                    new Case(
                            JsonlRule.LABEL_SYNTAX,
                            Severity.WARNING,
                            line("a.png", "detect 7/8 bolt", BOX + " 7/8 bolt")),
                    new Case(
                            JsonlRule.LABEL_NOT_ASKED,
                            Severity.WARNING,
                            line("a.png", "detect cat", BOX + " dog")),
                    new Case(
                            JsonlRule.LABEL_CASE,
                            Severity.WARNING,
                            line("a.png", "detect cat ; Cat", BOX + " cat")));

    static Stream<Arguments> cases() {
        return CASES.stream().map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachRuleIsToldByItsFileAndNoOther(Case broken) throws Exception {
        Files.writeString(folder.resolve("text.png"), "no picture");
        Files.copy(
                SAMPLES.resolve("big-vision-jsonl/images/rotated.jpg"),
                folder.resolve("turned.jpg"));
        var report = lint(LintTarget.find("bigvision"), broken.linesOfTheFile());
        assertThat(report.groups())
                .extracting(LintReport.Group::rule, LintReport.Group::severity)
                .as("%s", report)
                .containsExactly(tuple(broken.rule(), broken.severity()));
        assertThat(report.group(broken.rule()).orElseThrow().count()).isEqualTo(1);
        assertThat(report.hasErrors()).isEqualTo(broken.severity() == Severity.ERROR);
    }

    /// Rules that a single file for big_vision cannot break have tests of their own below.
    @Test
    void everyRuleHasATest() {
        var tested = EnumSet.noneOf(JsonlRule.class);
        CASES.forEach(one -> tested.add(one.rule()));
        tested.addAll(
                Set.of(
                        JsonlRule.NOT_UTF_8,
                        JsonlRule.NO_FINAL_LINE_BREAK,
                        JsonlRule.SPLIT_MISSING,
                        JsonlRule.IMAGE_IN_TWO_SPLITS,
                        JsonlRule.PICTURE_IN_TWO_SPLITS,
                        JsonlRule.TASK_NOT_USED,
                        JsonlRule.CLASS_LIST_DIFFERS,
                        JsonlRule.TOO_LONG));
        assertThat(tested).isEqualTo(EnumSet.allOf(JsonlRule.class));
    }

    @ParameterizedTest
    @EnumSource(names = "KERAS", mode = EnumSource.Mode.EXCLUDE)
    void aGoodFileBreaksNoRule(JsonlFlavor flavor) throws Exception {
        for (var split : List.of("train", "valid", "test")) {
            writeImage(split + ".png", split.hashCode());
            Files.writeString(
                    folder.resolve("_annotations." + split + ".jsonl"),
                    line(split + ".png", "detect cat ; dog", BOX + " cat ; " + BOX + " dog")
                            + "\n");
        }
        var report = lint(folder, LintTarget.of(flavor), LintOptions.DEFAULT);
        assertThat(report.groups()).isEmpty();
        assertThat(report.files()).isEqualTo(3);
        assertThat(report.examples()).isEqualTo(3);
    }

    @Test
    void kerasWantsItsKeysAndALineBreak() throws Exception {
        var keras = LintTarget.find("keras");
        String good = "{\"images\":\"a.png\",\"prompts\":\"caption en\\n\",\"responses\":\"x\"}";
        assertThat(lint(keras, good).groups()).isEmpty();
        assertThat(lint(keras, good.replace("\\n", "")).group(JsonlRule.PROMPT_LINE_BREAK))
                .map(LintReport.Group::severity)
                .contains(Severity.ERROR);
        assertThat(lint(keras, GOOD).group(JsonlRule.OTHER_TRAINERS_KEYS)).isPresent();
    }

    @Test
    void otherEncodingsAreTold() throws Exception {
        Files.write(file(), (GOOD + "\n").getBytes(StandardCharsets.UTF_16));
        assertThat(rules(lint(file(), LintTarget.find("bigvision"), LintOptions.DEFAULT)))
                .containsExactly(JsonlRule.NOT_UTF_8);
        Files.write(
                file(),
                (GOOD.replace("cat", "kätzchen") + "\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(rules(lint(file(), LintTarget.find("bigvision"), LintOptions.DEFAULT)))
                .containsExactly(JsonlRule.NOT_UTF_8);
    }

    @Test
    void aLastLineWithoutALineBreakIsTold() throws Exception {
        Files.writeString(file(), GOOD);
        assertThat(rules(lint(file(), LintTarget.find("bigvision"), LintOptions.DEFAULT)))
                .containsExactly(JsonlRule.NO_FINAL_LINE_BREAK);
    }

    @Test
    void maestroNeedsAllSplits() throws Exception {
        Files.createDirectories(folder.resolve("train"));
        Files.move(folder.resolve("a.png"), folder.resolve("train/a.png"));
        Files.writeString(folder.resolve("train/annotations.jsonl"), GOOD + "\n");
        var report = lint(folder, LintTarget.find("maestro"), LintOptions.DEFAULT);
        assertThat(report.groups())
                .extracting(LintReport.Group::rule, LintReport.Group::count)
                .containsExactly(tuple(JsonlRule.SPLIT_MISSING, 2L));
        assertThat(report.groups().getFirst().first())
                .extracting(Finding::place)
                .containsExactly("validation", "test");
        assertThat(lint(folder, LintTarget.find("bigvision"), LintOptions.DEFAULT).groups())
                .isEmpty();
    }

    @Test
    void imagesInTwoSplitsAreToldByNameAndByContents() throws Exception {
        Files.copy(folder.resolve("b.png"), folder.resolve("copy.png"));
        Files.writeString(
                folder.resolve("train.jsonl"),
                line("a.png", "caption en", "x") + "\n" + line("b.png", "caption en", "x") + "\n");
        Files.writeString(
                folder.resolve("test.jsonl"),
                line("a.png", "caption en", "y")
                        + "\n"
                        + line("copy.png", "caption en", "x")
                        + "\n");
        var report = lint(folder, LintTarget.find("bigvision"), LintOptions.DEFAULT);
        assertThat(report.groups().stream().flatMap(group -> group.first().stream()))
                .extracting(Finding::toString)
                .containsExactly(
                        "test.jsonl line 1: a.png is in train and in test",
                        "test.jsonl line 2: copy.png in test is a copy of an image in train");
        Files.delete(folder.resolve("test.jsonl"));
        Files.writeString(
                folder.resolve("more_train.jsonl"), line("copy.png", "caption en", "x") + "\n");
        assertThat(lint(folder, LintTarget.find("bigvision"), LintOptions.DEFAULT).groups())
                .isEmpty();
    }

    @Test
    void roboflowTakesTheClassListOfTheFirstLine() throws Exception {
        var report =
                lint(
                        LintTarget.find("roboflow"),
                        GOOD,
                        line("a.png", "detect cat ; dog", BOX + " cat"),
                        line("a.png", "caption en", "x"));
        assertThat(rules(report))
                .containsExactly(JsonlRule.TASK_NOT_USED, JsonlRule.CLASS_LIST_DIFFERS);
    }

    @ParameterizedTest
    @CsvSource({"0, false, false", "-1, true, false", "-30, true, true"})
    void examplesThatAreCutAreCounted(int change, boolean cut, boolean nothingLeft)
            throws Exception {
        try (var tokenizer = Tokenizers.open(REFERENCE.resolve("tiny-paligemma1"))) {
            // <bos>, the prompt with its line break, the answer, <eos>
            int prompt = 1 + tokenizer.encode("caption en\n").length;
            int length = prompt + tokenizer.encode("a cat").length + 1;
            Files.writeString(file(), line("a.png", "caption en", "a cat") + "\n");
            int limit = nothingLeft ? prompt : length + change;
            var report =
                    lint(
                            file(),
                            LintTarget.find("bigvision"),
                            LintOptions.DEFAULT.withTokenizer(tokenizer).withTextLength(limit));
            assertThat(report.lengths())
                    .contains(new LintReport.Lengths(length, length, cut ? 1 : 0));
            assertThat(report.group(JsonlRule.TOO_LONG).map(LintReport.Group::severity))
                    .isEqualTo(
                            cut
                                    ? Optional.of(nothingLeft ? Severity.ERROR : Severity.WARNING)
                                    : Optional.empty());
        }
    }

    @Test
    void whatAnotherToolWouldReadOfALabelIsSaid() throws Exception {
        var report =
                lint(
                        LintTarget.find("bigvision"),
                        line("a.png", "detect t-shirt (men's) ; café 猫", BOX + " café 猫"));
        assertThat(report.groups().getFirst().first())
                .extracting(Finding::message)
                .containsExactly("supervision reads the label 't-shirt (men's)' as 't-shirt'");
    }

    @ParameterizedTest
    @CsvSource({
        "bigvision, BLANK_LINE, ERROR",
        "maestro, BLANK_LINE, WARNING",
        "bigvision, IMAGE_TOKEN, WARNING",
        "huggingface, IMAGE_TOKEN, ERROR",
        "bigvision, MIXED_TYPES, ERROR",
        "keras, MIXED_TYPES, WARNING",
    })
    void theTargetDecidesHowBadItIs(String target, JsonlRule rule, Severity severity)
            throws Exception {
        assertThat(LintTarget.find(target).severity(rule)).contains(severity);
    }

    @Test
    void everyFlavourHasATargetAndAnUnknownOneIsSaid() {
        assertThat(Arrays.stream(JsonlFlavor.values()).map(LintTarget::of).map(LintTarget::id))
                .containsExactly("bigvision", "huggingface", "keras", "roboflow", "maestro");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> LintTarget.find("yolo"))
                .withMessageContaining("bigvision-vqav2");
    }

    @Test
    void aCheckCanBeCancelled() throws Exception {
        Files.writeString(file(), GOOD + "\n");
        var cancelled =
                new Progress() {
                    @Override
                    public void update(ProgressUpdate update) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        Linter.lint(
                                file(), LintTarget.find("keras"), LintOptions.DEFAULT, cancelled))
                .withMessageContaining("cancelled");
    }

    @Test
    void aRuleThatIsBrokenOftenKeepsTheFirst() throws Exception {
        Files.writeString(file(), "x\n".repeat(5000));
        var group = lint(file(), LintTarget.find("keras"), LintOptions.DEFAULT).groups().getFirst();
        assertThat(group.count()).isEqualTo(5000);
        assertThat(group.first()).hasSize(RuleFindings.KEPT);
    }

    private Path file() {
        return folder.resolve("x.jsonl");
    }

    private LintReport lint(LintTarget target, String... lines) throws Exception {
        Files.writeString(file(), String.join("\n", lines) + "\n");
        return lint(file(), target, LintOptions.DEFAULT);
    }

    private static LintReport lint(Path dataset, LintTarget target, LintOptions options)
            throws ProblemException {
        return Linter.lint(dataset, target, options, Progress.NONE);
    }

    private static List<JsonlRule> rules(LintReport report) {
        return report.groups().stream().map(LintReport.Group::rule).toList();
    }

    private void writeImage(String name, int seed) throws Exception {
        byte[] rgb = new byte[3 * 20 * 20];
        new Random(seed).nextBytes(rgb);
        ImageFiles.writePng(new Picture(20, 20, rgb), folder.resolve(name));
    }

    private static String line(String image, String prefix, String suffix) {
        return "{\"image\":\"%s\",\"prefix\":\"%s\",\"suffix\":\"%s\"}"
                .formatted(image, prefix, suffix);
    }
}
