package org.palimpsest.format.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.ExportReport;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.Finding;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.token.Tokenizers;
import org.palimpsest.problem.ProblemException;

/// What an export consists of, for each trainer.
class PaliGemmaExportTest {
    private static final Provenance ADA =
            new Provenance.Drawn("Ada", Instant.parse("2026-11-02T08:00:00Z"));
    private static final Size SIZE = new Size(33, 31);
    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final String CAT = "<loc0033><loc0000><loc0330><loc0310> cat";

    @TempDir Path folder;

    private Path source;
    private Path target;

    @BeforeEach
    void makeFolders() throws Exception {
        source = Files.createDirectory(folder.resolve("photos"));
        target = folder.resolve("export");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BIG_VISION | images/a.png images/b.png images/c.png train.jsonl val.jsonl",
                "ROBOFLOW | dataset/_annotations.train.jsonl dataset/_annotations.valid.jsonl"
                        + " dataset/a.png dataset/b.png",
                "MAESTRO | train/a.png train/annotations.jsonl train/c.png valid/annotations.jsonl valid/b.png",
                "HUGGING_FACE | images/a.png images/b.png images/c.png train.jsonl validation.jsonl",
                "KERAS | images/a.png images/b.png images/c.png train.jsonl val.jsonl",
            })
    void eachTrainerFindsItsLayout(JsonlFlavor flavor, String files) throws Exception {
        export(flavor, scene(), ExportOptions.DEFAULT);
        assertThat(filesOf(target))
                .containsExactlyInAnyOrder(
                        ("README.md palimpsest-export.json " + files).split(" "));
    }

    @Test
    void theLinesOfBigVisionAreRelativeToItsImages() throws Exception {
        var report = export(JsonlFlavor.BIG_VISION, scene(), ExportOptions.DEFAULT);
        assertThat(Files.readAllLines(target.resolve("train.jsonl")))
                .containsExactly(
                        line("a.png", "detect cat ; dog", CAT),
                        line("a.png", "caption en", "a cat"),
                        line("c.png", "caption en", "nothing"));
        assertThat(Files.readAllLines(target.resolve("val.jsonl")))
                .containsExactly(line("b.png", "detect cat ; dog", CAT));
        assertThat(report.examples()).isEqualTo(4);
        assertThat(report.findings())
                .extracting(Finding::toString)
                .containsExactly("train.jsonl: 1 images without a split are trained with");
    }

    @Test
    void theLinesOfOthersAreRelativeToTheirFile() throws Exception {
        export(JsonlFlavor.KERAS, scene(), ExportOptions.DEFAULT);
        assertThat(Files.readAllLines(target.resolve("val.jsonl")))
                .containsExactly(
                        "{\"images\":\"images/b.png\",\"prompts\":\"detect cat ; dog\\n\",\"responses\":\""
                                + CAT
                                + "\"}");
    }

    @Test
    void roboflowGetsTheWholeClassListOnEveryLine() throws Exception {
        var report = export(JsonlFlavor.ROBOFLOW, scene(), ExportOptions.DEFAULT);
        assertThat(Files.readAllLines(target.resolve("dataset/_annotations.train.jsonl")))
                .containsExactly(line("a.png", "detect cat ; dog", CAT));
        assertThat(report.examples()).isEqualTo(2);
        target = folder.resolve("with texts");
        var all = settings(Map.of("templates", "detect-all,texts"));
        assertThat(export(JsonlFlavor.ROBOFLOW, scene(), all).findings())
                .extracting(Finding::message)
                .containsOnlyOnce("1 images without a split are trained with")
                .contains("this flavour has no use for the line of caption en");
    }

    @Test
    void maestroIsSaidToWantAllSplits() throws Exception {
        assertThat(export(JsonlFlavor.MAESTRO, scene(), ExportOptions.DEFAULT).findings())
                .extracting(Finding::toString)
                .contains(
                        "test/annotations.jsonl: maestro wants an example in each of train, valid and"
                                + " test; there is none in test");
    }

    /// The rules of big_vision's reader (datasets/jsonl.py, 11eea57): every line is JSON by itself, all have the same
    /// keys with values of the same type, nothing is nested, and each image is there under the folder of `fopen_keys`.
    @ParameterizedTest
    @EnumSource
    void everyLineKeepsTheRulesOfTheStrictestReader(JsonlFlavor flavor) throws Exception {
        var data =
                dataset(
                        image("a.png", Split.TRAIN, object(new Box(0, 0, 9, 9))),
                        image("b.png", Split.VALIDATION, object(new Box(0, 0, 9, 9))),
                        image(
                                "c.png",
                                Split.TEST,
                                text("caption en", "two\nlines \"and\" \\ 猫 😀")),
                        image("empty.png", Split.TEST));
        export(flavor, data, settings(Map.of("empty", "empty")));
        int examples = 0;
        for (var split : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
            byte[] bytes = Files.readAllBytes(target.resolve(flavor.file(split)));
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
            assertThat(text)
                    .doesNotStartWith("\uFEFF")
                    .endsWith("}\n")
                    .doesNotContain("\n\n", "\r");
            for (var line : text.split("\n", -1)) {
                if (line.isEmpty()) {
                    continue;
                }
                JsonNode node = new ObjectMapper().readTree(line);
                var keys = new ArrayList<String>();
                node.propertyStream().forEach(entry -> keys.add(entry.getKey()));
                assertThat(keys)
                        .containsExactly(flavor.imageKey(), flavor.prefixKey(), flavor.suffixKey());
                assertThat(node).allMatch(JsonNode::isTextual);
                assertThat(node.get(flavor.prefixKey()).textValue().endsWith("\n"))
                        .isEqualTo(flavor == JsonlFlavor.KERAS);
                assertThat(
                                target.resolve(flavor.imageBase(split))
                                        .resolve(node.get(flavor.imageKey()).textValue()))
                        .isRegularFile();
                examples++;
            }
        }
        assertThat(examples).isEqualTo(flavor == JsonlFlavor.ROBOFLOW ? 4 : 5);
    }

    @ParameterizedTest
    @CsvSource({
        "BIG_VISION, ../photos/a.png",
        "ROBOFLOW, ../../photos/a.png",
        "MAESTRO, ../../photos/a.png",
        "KERAS, ../photos/a.png",
    })
    void imagesThatStayAreNamedFromWhereTheTrainerStarts(JsonlFlavor flavor, String path)
            throws Exception {
        export(flavor, scene(), ExportOptions.DEFAULT.withImages(ImagesMode.REFER));
        var node =
                new ObjectMapper()
                        .readTree(
                                Files.readAllLines(target.resolve(flavor.file(Split.TRAIN)))
                                        .getFirst());
        assertThat(node.get(flavor.imageKey()).textValue()).isEqualTo(path);
    }

    @Test
    void answersWithoutTextAreSaidToTeachLittle() throws Exception {
        var data = dataset(image("a.png", Split.TRAIN));
        assertThat(
                        export(JsonlFlavor.ROBOFLOW, data, settings(Map.of("empty", "empty")))
                                .findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "empty answers: 1 examples have none: a line without an answer teaches nothing in the"
                                + " notebook, which gives such a line no loss");
    }

    @Test
    void whatTheMasksLoseIsSaid() throws Exception {
        Region good = Mask.fromRegion(new Box(0, 0, 10, 10), SIZE);
        Region bad = Mask.fromRegion(new Box(0, 10, 10, 20), SIZE);
        var data =
                dataset(
                        image(
                                "a.png",
                                Split.TRAIN,
                                ObjectAnnotation.of("cat", good, ADA),
                                ObjectAnnotation.of("dog", bad, ADA)));
        // A codec that keeps the upper mask whole and the left half of the lower one.
        var options =
                ExportOptions.DEFAULT.withMasks(
                        (_, box) -> IntStream.range(0, 16).map(_ -> (int) box.yMin()).toArray(),
                        (codes, _, size) ->
                                Mask.fromRegion(
                                        codes.getFirst() == 0
                                                ? new Box(0, 0, 10, 10)
                                                : new Box(0, 10, 5, 20),
                                        size));
        var report = export(JsonlFlavor.BIG_VISION, data, options);
        String file = "images/a.png";
        assertThat(report.findings())
                .extracting(Finding::toString)
                .containsExactly(
                        file
                                + ": the mask of a dog keeps an overlap (IoU) of 0.50 only as 16 codes");
        assertThat(new ObjectMapper().readTree(target.resolve("masks.json").toFile()))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"masks": 2, "mean_iou": 0.75, "min_iou": 0.5, "worst": [
                                          {"image": "%s", "label": "dog", "iou": 0.5},
                                          {"image": "%s", "label": "cat", "iou": 1.0}]}
                                        """
                                                .formatted(file, file)));
        assertThat(Files.readString(target.resolve("README.md")))
                .contains("by 0.750 on average (IoU), by 0.500 at worst");
    }

    @Test
    void longExamplesAreCountedWithTheTokenizer() throws Exception {
        try (var tokenizer = Tokenizers.open(REFERENCE.resolve("tiny-paligemma1"))) {
            var data = dataset(image("a.png", Split.TRAIN, object(new Box(0, 1, 10, 10))));
            int length =
                    2
                            + tokenizer.encode("detect cat ; dog\n").length
                            + tokenizer.encode(CAT).length;
            var options =
                    settings(Map.of("text-length", "" + (length - 1))).withTokenizer(tokenizer);
            assertThat(export(JsonlFlavor.BIG_VISION, data, options).findings())
                    .extracting(Finding::toString)
                    .containsExactly(
                            "images/a.png: the example of detect-all has "
                                    + length
                                    + " tokens, the trainer reads "
                                    + (length - 1));
            target = folder.resolve("long enough");
            var enough = settings(Map.of("text-length", "" + length)).withTokenizer(tokenizer);
            assertThat(export(JsonlFlavor.BIG_VISION, data, enough).findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"text-length, many", "templates, nonsense", "order, size"})
    void aSettingWithoutMeaningStopsTheExport(String name, String value) throws Exception {
        var data = dataset(image("a.png", Split.TRAIN));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> export(JsonlFlavor.KERAS, data, settings(Map.of(name, value))))
                .withMessageContaining(value);
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void theReadmeSaysHowToLoadIt(JsonlFlavor flavor) throws Exception {
        export(flavor, scene(), settings(Map.of("templates", "detect-all:2")).withSeed(5));
        assertThat(Files.readString(target.resolve("README.md")))
                .contains("```python", "| `detect-all` | 4 |", "`detect-all:2`", "seed 5")
                .contains("| `" + flavor.file(Split.TRAIN) + "` | 2 |");
        assertThat(
                        new ObjectMapper()
                                .readTree(target.resolve("palimpsest-export.json").toFile())
                                .get("conventions")
                                .get("location_scale")
                                .textValue())
                .isEqualTo("1023");
    }

    @Test
    void thePreviewIsWhatTheExportWrites() throws Exception {
        var format = new PaliGemmaFormat(JsonlFlavor.BIG_VISION);
        var preview = format.examples(scene(), ExportOptions.DEFAULT, 2);
        assertThat(preview.counts())
                .containsExactly(
                        Map.entry("detect-all", 2L),
                        Map.entry("segment-all", 0L),
                        Map.entry("refer", 0L),
                        Map.entry("texts", 2L));
        assertThat(preview.first())
                .extracting(sample -> sample.example().prefix())
                .containsExactly("detect cat ; dog", "caption en");
    }

    private Dataset scene() throws Exception {
        return dataset(
                image(
                        "a.png",
                        Split.TRAIN,
                        object(new Box(0, 1, 10, 10)),
                        text("caption en", "a cat")),
                image("b.png", Split.VALIDATION, object(new Box(0, 1, 10, 10))),
                image("c.png", Split.UNASSIGNED, text("caption en", "nothing")));
    }

    private static Dataset dataset(AnnotatedImage... images) {
        return Dataset.of(LabelSet.ofNames(List.of("cat", "dog")), List.of(images));
    }

    private AnnotatedImage image(String name, Split split, Annotation... annotations)
            throws Exception {
        Path file = source.resolve(name);
        ImageFiles.writePng(
                new Picture(
                        SIZE.width(), SIZE.height(), new byte[3 * SIZE.width() * SIZE.height()]),
                file);
        var facts = new ImageFacts("", OptionalLong.empty(), 1, Optional.empty(), 0);
        var image =
                new AnnotatedImage(
                        new ImageEntry(ImageId.random(), file, SIZE, facts), List.of(annotations));
        return image.withDetails(image.details().withSplit(split));
    }

    private static ObjectAnnotation object(Region region) {
        return ObjectAnnotation.of("cat", region, ADA);
    }

    private static TextAnnotation text(String prompt, String text) {
        return TextAnnotation.of(prompt, text, ADA);
    }

    private static ExportOptions settings(Map<String, String> settings) {
        return ExportOptions.DEFAULT.withSettings(settings);
    }

    private ExportReport export(JsonlFlavor flavor, Dataset data, ExportOptions options)
            throws Exception {
        return Exporter.export(new PaliGemmaFormat(flavor), data, target, options, Progress.NONE)
                .report();
    }

    private static String line(String image, String prefix, String suffix) {
        return "{\"image\":\"%s\",\"prefix\":\"%s\",\"suffix\":\"%s\"}"
                .formatted(image, prefix, suffix);
    }

    private static List<String> filesOf(Path folder) throws Exception {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }
}
