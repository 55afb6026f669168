package org.palimpsest.format.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.Finding;
import org.palimpsest.format.Finding.Severity;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

class PaliGemmaJsonlWriterTest {
    private static final Provenance ADA =
            new Provenance.Drawn("Ada", Instant.parse("2026-11-02T08:00:00Z"));
    private static final Size SIZE = new Size(1023, 1023);
    private static final String CODES =
            "<seg000><seg001><seg002><seg003><seg004><seg005><seg006><seg007>"
                    + "<seg008><seg009><seg010><seg011><seg012><seg013><seg014><seg015>";

    @TempDir Path folder;

    @Test
    void eachImageHasALineForBoxesAndOneForEachText() throws Exception {
        var images =
                List.of(
                        image(
                                "a.png",
                                object("dog", new Box(500, 20, 600, 80)),
                                object("cat", new Box(10, 20, 300, 400)),
                                text("caption en", "Ein \"Hund\"\tund 猫 – café 😀")),
                        image("sub folder/b.png", object("cat", new Box(0, 0, 1023, 1023))));
        Path out = folder.resolve("out.jsonl");
        var report =
                PaliGemmaJsonlWriter.write(
                        images,
                        out,
                        JsonlOptions.of(JsonlFlavor.BIG_VISION, List.of("cat", "dog", "cow")));
        assertThat(out)
                .hasBinaryContent(
                        """
                        {"image":"a.png","prefix":"detect cat ; dog ; cow","suffix":"<loc0020><loc0010><loc0400><loc0300> cat ; <loc0020><loc0500><loc0080><loc0600> dog"}
                        {"image":"a.png","prefix":"caption en","suffix":"Ein \\"Hund\\"\\tund 猫 – café 😀"}
                        {"image":"sub folder/b.png","prefix":"detect cat ; dog ; cow","suffix":"<loc0000><loc0000><loc1023><loc1023> cat"}
                        """
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(report.examples()).isEqualTo(3);
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void kerasHasItsOwnKeysAndPromptsThatEndInALineBreak() throws Exception {
        assertThat(written(JsonlFlavor.KERAS, image("a.png", text("caption en", "a cat"))))
                .containsExactly(
                        "{\"images\":\"a.png\",\"prompts\":\"caption en\\n\",\"responses\":\"a cat\"}");
    }

    @ParameterizedTest
    @EnumSource(names = {"BIG_VISION", "HUGGING_FACE", "MAESTRO"})
    void theOthersAddTheLineBreakThemselves(JsonlFlavor flavor) throws Exception {
        assertThat(written(flavor, image("a.png", text("caption en", "a cat"))))
                .containsExactly(
                        "{\"image\":\"a.png\",\"prefix\":\"caption en\",\"suffix\":\"a cat\"}");
    }

    @Test
    void roboflowFilesHaveDetectionLinesOnlyAndTheRestIsReported() throws Exception {
        var image = image("a.png", text("caption en", "x"), object("cat", new Box(0, 0, 10, 10)));
        Path out = folder.resolve("out.jsonl");
        var report =
                PaliGemmaJsonlWriter.write(
                        List.of(image), out, JsonlOptions.of(JsonlFlavor.ROBOFLOW, List.of()));
        assertThat(Files.readAllLines(out)).singleElement().asString().contains("detect cat");
        assertThat(report.findings()).extracting(Finding::severity).containsExactly(Severity.ERROR);
    }

    @Test
    void theBoxOfTheFormatNotesHasItsTokens() throws Exception {
        var entry = new ImageEntry(ImageId.random(), folder.resolve("a.png"), new Size(4000, 3000));
        var image =
                new AnnotatedImage(entry, List.of(object("cat", new Box(123.4, 56.7, 2100, 1500))));
        assertThat(written(JsonlFlavor.BIG_VISION, image).getFirst())
                .contains("\"<loc0019><loc0032><loc0512><loc0537> cat\"");
    }

    @Test
    void masksAreEncodedInTheirUnroundedBoxes() throws Exception {
        var mask = Mask.fromRegion(new Box(10, 20, 300, 400), SIZE);
        var asked = new ArrayList<Box>();
        var options =
                JsonlOptions.of(JsonlFlavor.BIG_VISION, List.of("cat"))
                        .withMasks((given, box) -> {
                            assertThat(given).isEqualTo(mask);
                            asked.add(box);
                            return IntStream.range(0, 16).toArray();
                        });
        Path out = folder.resolve("out.jsonl");
        var report =
                PaliGemmaJsonlWriter.write(
                        List.of(
                                image("a.png", object("cat", mask)),
                                image(
                                        "b.png",
                                        object("cat", mask),
                                        object("cat", new Box(0, 0, 9, 9)))),
                        out,
                        options);
        assertThat(Files.readAllLines(out))
                .hasSize(3)
                .contains(
                        "{\"image\":\"a.png\",\"prefix\":\"segment cat\",\"suffix\":\"<loc0020><loc0010><loc0400><loc0300>%s cat\"}"
                                .formatted(CODES));
        assertThat(asked).containsExactly(new Box(10, 20, 300, 400));
        assertThat(report.findings())
                .extracting(Finding::message)
                .containsExactly("no segment line, because an object has a box only");
    }

    @Test
    void rejectedAnnotationsAreLeftOut() throws Exception {
        var rejected = object("cat", new Box(0, 0, 9, 9)).withReview(ReviewState.REJECTED);
        var wrong = text("caption en", "x").withReview(ReviewState.REJECTED);
        assertThat(written(JsonlFlavor.BIG_VISION, image("a.png", rejected, wrong))).isEmpty();
    }

    @Test
    void boxesAreCutAtTheEdgeAndThinOnesMadeOneBinWide() throws Exception {
        var image =
                image(
                        "a.png",
                        object("cat", new Box(-50, -50, 100, 2000)),
                        object("cat", new Box(200, 200, 200.1, 300)),
                        object("cat", new Box(1022.9, 500, 1023, 600)));
        assertThat(written(JsonlFlavor.BIG_VISION, image).getFirst())
                .contains(
                        "<loc0000><loc0000><loc1023><loc0100> cat ; "
                                + "<loc0200><loc0200><loc0300><loc0201> cat ; "
                                + "<loc0500><loc1022><loc0600><loc1023> cat");
    }

    @Test
    void aBoxOutsideOfTheImageIsLeftOutAndReported() throws Exception {
        Path out = folder.resolve("out.jsonl");
        var image =
                image(
                        "a.png",
                        object("cat", new Box(2000, 0, 2100, 10)),
                        object("dog", Mask.empty(SIZE)),
                        object("cow", new Box(1, 1, 2, 2)));
        var report =
                PaliGemmaJsonlWriter.write(
                        List.of(image), out, JsonlOptions.of(JsonlFlavor.BIG_VISION, List.of()));
        assertThat(Files.readString(out))
                .contains(
                        "\"detect cat ; dog ; cow\",\"suffix\":\"<loc0001><loc0001><loc0002><loc0002> cow\"");
        assertThat(report.findings()).hasSize(2);
    }

    @Test
    void imagesWithoutObjectsAreWrittenOnlyWhenAsked() throws Exception {
        var empty = image("a.png");
        var options = JsonlOptions.of(JsonlFlavor.BIG_VISION, List.of("cat"));
        Path out = folder.resolve("out.jsonl");
        PaliGemmaJsonlWriter.write(List.of(empty), out, options);
        assertThat(out).isEmptyFile();
        PaliGemmaJsonlWriter.write(List.of(empty), out, options.withEmptyImages());
        assertThat(out)
                .hasContent("{\"image\":\"a.png\",\"prefix\":\"detect cat\",\"suffix\":\"\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a<b", "x>", "\uD83D cat"})
    void aLabelThatBreaksTheTextFormStopsTheExport(String label) throws Exception {
        Path out = folder.resolve("out.jsonl");
        Files.writeString(out, "old");
        var image = image("a.png", object(label, new Box(0, 0, 9, 9)));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        PaliGemmaJsonlWriter.write(
                                List.of(image),
                                out,
                                JsonlOptions.of(JsonlFlavor.BIG_VISION, List.of())))
                .withMessageContaining("cannot carry the label '" + label + "'")
                .withMessageContaining("Rename the label");
        assertThat(out).hasContent("old");
    }

    @Test
    void aLabelThatSomeReadersCutIsWarnedAbout() throws Exception {
        var image = image("a.png", object("7/8 bolt", new Box(0, 0, 9, 9)));
        var report =
                PaliGemmaJsonlWriter.write(
                        List.of(image),
                        folder.resolve("out.jsonl"),
                        JsonlOptions.of(JsonlFlavor.BIG_VISION, List.of()));
        assertThat(report.findings())
                .extracting(Finding::toString)
                .containsExactly("label 7/8 bolt: some readers end a label at '/'");
    }

    @Test
    void textsThatNoTrainerCanReadAreLeftOutAndReported() throws Exception {
        var image =
                image(
                        "a.png",
                        text("caption\nen", "a"),
                        text("<image>caption en", "b"),
                        text("caption en", "\uDC00"),
                        text("ocr", "two\nlines"));
        Path out = folder.resolve("out.jsonl");
        var report =
                PaliGemmaJsonlWriter.write(
                        List.of(image), out, JsonlOptions.of(JsonlFlavor.BIG_VISION, List.of()));
        assertThat(out)
                .hasContent("{\"image\":\"a.png\",\"prefix\":\"ocr\",\"suffix\":\"two\\nlines\"}");
        assertThat(report.findings()).hasSize(3);
    }

    @Test
    void imagesOutsideOfTheFolderStopTheExport() {
        var options =
                JsonlOptions.of(JsonlFlavor.BIG_VISION, List.of())
                        .withImageFolder(folder.resolve("elsewhere"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        PaliGemmaJsonlWriter.write(
                                List.of(image("a.png")), folder.resolve("o.jsonl"), options))
                .withMessageContaining("a.png")
                .withMessageContaining("elsewhere");
        assertThat(folder.resolve("o.jsonl")).doesNotExist();
    }

    @Test
    void pathsAreRelativeToTheGivenFolder() throws Exception {
        var options =
                JsonlOptions.of(JsonlFlavor.BIG_VISION, List.of("cat"))
                        .withImageFolder(folder.getParent())
                        .withEmptyImages();
        Path out = folder.resolve("o.jsonl");
        PaliGemmaJsonlWriter.write(List.of(image("x/a.png")), out, options);
        assertThat(Files.readString(out))
                .startsWith("{\"image\":\"" + folder.getFileName() + "/x/a.png\"");
    }

    @Test
    void linesThatAreMadeAlreadyAreWrittenAsTheyAre() throws Exception {
        Path out = folder.resolve("out.jsonl");
        var example = new JsonlExample("a.png", "detect cat", "<loc0001> nonsense");
        var report =
                PaliGemmaJsonlWriter.writeExamples(List.of(example), out, JsonlFlavor.HUGGING_FACE);
        assertThat(report.examples()).isEqualTo(1);
        assertThat(Files.readString(out))
                .isEqualTo(
                        "{\"image\":\"a.png\",\"prefix\":\"detect cat\",\"suffix\":\"<loc0001> nonsense\"}\n");
    }

    @Test
    void madeLinesThatNobodyCouldReadAreLeftOutAndReported() throws Exception {
        var examples =
                List.of(
                        new JsonlExample("a.png", "caption\nen", "a"),
                        new JsonlExample("b.png", "caption en", "b"),
                        new JsonlExample("c.png", "detect cat", ""));
        Path out = folder.resolve("out.jsonl");
        var report = PaliGemmaJsonlWriter.writeExamples(examples, out, JsonlFlavor.ROBOFLOW);
        assertThat(out)
                .hasContent("{\"image\":\"c.png\",\"prefix\":\"detect cat\",\"suffix\":\"\"}");
        assertThat(report.examples()).isEqualTo(1);
        assertThat(report.findings()).extracting(Finding::place).containsExactly("a.png", "b.png");
        assertThat(JsonlFlavor.ROBOFLOW.takes(Task.parse("detect cat"))).isTrue();
        assertThat(JsonlFlavor.ROBOFLOW.takes(Task.parse("segment cat"))).isFalse();
        assertThat(JsonlFlavor.MAESTRO.takes(Task.parse("segment cat"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void everyFlavourIsFoundByItsOptionName(JsonlFlavor flavor) {
        assertThat(JsonlFlavor.ofOptionName(flavor.optionName())).hasValue(flavor);
        assertThat(JsonlFlavor.ofOptionName("yolo")).isEmpty();
    }

    private List<String> written(JsonlFlavor flavor, AnnotatedImage image) throws Exception {
        Path out = folder.resolve("out.jsonl");
        PaliGemmaJsonlWriter.write(List.of(image), out, JsonlOptions.of(flavor, List.of()));
        return Files.readAllLines(out);
    }

    private AnnotatedImage image(String name, Annotation... annotations) {
        return new AnnotatedImage(
                new ImageEntry(ImageId.random(), folder.resolve(name), SIZE), List.of(annotations));
    }

    private static ObjectAnnotation object(String label, Region region) {
        return ObjectAnnotation.of(label, region, ADA);
    }

    private static TextAnnotation text(String prompt, String text) {
        return TextAnnotation.of(prompt, text, ADA);
    }
}
