package org.palimpsest.format.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.CollectingSink;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.Finding;
import org.palimpsest.format.Frame;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

class JsonlDatasetReaderTest {
    private static final Path SAMPLES = Path.of("src/test/resources/org/palimpsest/format/jsonl");
    private static final Size SIZE = new Size(1023, 1023);
    private static final String BOX = "<loc0020><loc0010><loc0400><loc0300>";
    private static final Box PIXELS = new Box(10, 20, 300, 400);
    private static final String CODES = "<seg001>".repeat(16);

    @TempDir Path folder;

    /// The boxes of the samples' `scene.json`, upright, as label, x, y, width, height.
    private static final Map<String, List<String>> SCENE =
            Map.of(
                    "scene_one.png",
                    List.of("cat 4 5 20 21", "dog 30 8 28 34"),
                    "übung 猫 2.jpg",
                    List.of("red car 5 10 65 39"),
                    "rotated.jpg",
                    List.of("cat 5 10 25 40"),
                    "nothing.png",
                    List.of(),
                    "edge.png",
                    List.of("t-shirt 0 0 12 9", "t-shirt 20 20 13 11", "cat 0 25 3 6"));

    @ParameterizedTest
    @ValueSource(strings = {"big-vision-jsonl", "maestro-jsonl", "roboflow-paligemma"})
    void theSampleDataSetsAreImported(String name) throws Exception {
        var sink = new CollectingSink();
        var data =
                new DatasetImport(
                        SAMPLES.resolve(name), ImportOptions.DEFAULT, sink, Progress.NONE);
        new PaliGemmaFormat(JsonlFlavor.MAESTRO).reader().orElseThrow().read(data);
        assertThat(data.findings().kept()).isEmpty();
        // Half a bin of the largest picture, 80 pixels wide.
        assertThat(rounded(sink.data(), 80 / 1023.0 / 2)).isEqualTo(SCENE);
        assertThat(sink.data().labels().names())
                .containsExactly("cat", "dog", "red car", "t-shirt");
        var splits = new LinkedHashMap<String, Split>();
        sink.data().forEach(image -> splits.put(name(image), image.details().split()));
        boolean split = !name.startsWith("big");
        assertThat(splits)
                .containsOnly(
                        Map.entry("scene_one.png", split ? Split.TRAIN : Split.UNASSIGNED),
                        Map.entry("übung 猫 2.jpg", split ? Split.TRAIN : Split.UNASSIGNED),
                        Map.entry("rotated.jpg", split ? Split.TRAIN : Split.UNASSIGNED),
                        Map.entry("nothing.png", split ? Split.VALIDATION : Split.UNASSIGNED),
                        Map.entry("edge.png", split ? Split.TEST : Split.UNASSIGNED));
    }

    /// Boxes as label, x, y, width, height, each number rounded where it is that near to a whole one.
    private static Map<String, List<String>> rounded(Dataset data, double tolerance)
            throws ProblemException {
        var boxes = new LinkedHashMap<String, List<String>>();
        data.forEach(image ->
                boxes.put(
                        name(image),
                        image.objects().stream()
                                .map(object -> {
                                    Box box = object.region().bounds();
                                    return object.label()
                                            + IntStream.range(0, 4)
                                                    .mapToObj(i ->
                                                            " "
                                                                    + whole(
                                                                            List.of(
                                                                                            box
                                                                                                    .xMin(),
                                                                                            box
                                                                                                    .yMin(),
                                                                                            box
                                                                                                    .width(),
                                                                                            box
                                                                                                    .height())
                                                                                    .get(i),
                                                                            2 * tolerance))
                                                    .collect(Collectors.joining());
                                })
                                .toList()));
        return boxes;
    }

    private static String whole(double value, double tolerance) {
        return Math.abs(value - Math.rint(value)) <= tolerance
                ? Long.toString(Math.round(value))
                : Double.toString(value);
    }

    private static String name(AnnotatedImage image) {
        return image.image().file().getFileName().toString();
    }

    @Test
    void coordinatesCanReferToTheUprightImage() throws Exception {
        var sink = new CollectingSink();
        var options =
                new ImportOptions(
                        Optional.empty(),
                        Optional.of(Frame.UPRIGHT),
                        Optional.empty(),
                        Optional.empty());
        var data =
                new DatasetImport(SAMPLES.resolve("maestro-jsonl"), options, sink, Progress.NONE);
        new PaliGemmaFormat(JsonlFlavor.MAESTRO).reader().orElseThrow().read(data);
        // The tokens <loc0256><loc0170><loc0895><loc0852> as parts of 40 × 60 pixels.
        assertThat(rounded(sink.data(), 0).get("rotated.jpg"))
                .containsExactly(
                        "cat "
                                + 170 / 1023.0 * 40
                                + " "
                                + 256 / 1023.0 * 60
                                + " "
                                + (852 / 1023.0 * 40 - 170 / 1023.0 * 40)
                                + " "
                                + (895 / 1023.0 * 60 - 256 / 1023.0 * 60));
    }

    @Test
    void anObjectThatSeveralLinesNameIsOneWhereverTheyStand() throws Exception {
        var mask = Mask.fromRegion(new Box(10, 20, 30, 40), SIZE);
        var sink = new SizedSink(_ -> SIZE);
        var report =
                sink.read(
                        file(
                                line("a.png", "detect cat", BOX + " cat"),
                                line("b.png", "detect dog", BOX + " dog"),
                                line("a.png", "segment cat", BOX + CODES + " cat"),
                                line("a.png", "detect cat ; dog", BOX + " cat ; " + BOX + " dog"),
                                line("b.png", "caption en", "x")),
                        ImportOptions.DEFAULT.withMasks((_, _, _) -> mask));
        assertThat(report.findings()).isEmpty();
        assertThat(described(sink))
                .containsExactly(
                        Map.entry("a.png", List.of("cat " + mask, "dog " + PIXELS)),
                        Map.entry("b.png", List.of("dog " + PIXELS, "caption en: x")));
        assertThat(sink.labels().names()).containsExactly("cat", "dog");
    }

    @Test
    void twoObjectsOfOneLineStayTwo() throws Exception {
        var sink = new SizedSink(_ -> SIZE);
        String twice = BOX + " cat ; " + BOX + " cat";
        sink.read(
                file(line("a.png", "detect cat", twice), line("a.png", "detect cat ; dog", twice)),
                ImportOptions.DEFAULT);
        assertThat(described(sink))
                .containsExactly(Map.entry("a.png", List.of("cat " + PIXELS, "cat " + PIXELS)));
    }

    /// Little enough is held that every image is handed over when the next one comes.
    @Test
    void beyondWhatIsHeldAnObjectIsNotTakenAgain() throws Exception {
        var sink = new SizedSink(_ -> SIZE);
        var data =
                new DatasetImport(
                        file(
                                line("a.png", "detect cat", BOX + " cat"),
                                line("b.png", "detect cat", BOX + " cat"),
                                line("a.png", "detect cat", BOX + " cat"),
                                line("b.png", "segment cat", BOX + CODES + " cat"),
                                line("a.png", "caption en", "x")),
                        ImportOptions.DEFAULT,
                        sink,
                        Progress.NONE);
        new JsonlDatasetReader(data, 1).read();
        assertThat(described(sink))
                .containsExactly(
                        Map.entry("a.png", List.of("cat " + PIXELS, "caption en: x")),
                        Map.entry("b.png", List.of("cat " + PIXELS)));
        assertThat(data.findings().kept())
                .extracting(Finding::message)
                .containsExactly("the mask of a cat stands too far from the line with its box");
        assertThat(sink.portions()).containsExactly(1, 1, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1024, 1",
        "1024, 1024, 0",
        "1023, 0, 1",
    })
    void aTokenBeyondTheScaleTellsTheOther(String chosen, double farEdge, int findings)
            throws Exception {
        var sink = new SizedSink(_ -> new Size(1024, 1024));
        var options =
                new ImportOptions(
                        Optional.empty(),
                        Optional.empty(),
                        chosen.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(chosen)),
                        Optional.empty());
        var report =
                sink.read(
                        file(
                                line(
                                        "a.png",
                                        "detect cat",
                                        "<loc0512><loc0256><loc1024><loc1024> cat")),
                        options);
        assertThat(report.findings()).hasSize(findings);
        assertThat(sink.images().getFirst().objects())
                .extracting(ObjectAnnotation::region)
                .containsExactlyElementsOf(
                        farEdge == 0
                                ? List.<Region>of()
                                : List.of(new Box(256, 512, farEdge, farEdge)));
    }

    @Test
    void withoutSuchATokenTheScaleIs1023() throws Exception {
        var sink = new SizedSink(_ -> SIZE);
        sink.read(
                file(line("a.png", "detect cat", "<loc0000><loc0000><loc1023><loc1023> cat")),
                ImportOptions.DEFAULT);
        assertThat(described(sink).get("a.png"))
                .containsExactly("cat " + new Box(0, 0, 1023, 1023));
    }

    @Test
    void otherKeysBecomeAttributes() throws Exception {
        var sink = new SizedSink(_ -> SIZE);
        sink.read(
                file(
                        line("a.png", "detect cat", BOX + " cat")
                                .replace("{", "{\"by\":\"Ada\",\"n\":3,"),
                        line("a.png", "caption en", "x").replace("{", "{\"ok\":true,")),
                ImportOptions.DEFAULT);
        var image = sink.images().getFirst();
        assertThat(image.objects().getFirst().attributes())
                .containsExactly(Map.entry("by", "Ada"), Map.entry("n", "3"));
        assertThat(image.texts().getFirst().attributes()).containsExactly(Map.entry("ok", "true"));
    }

    @Test
    void anImageOfTwoSplitsStaysInTheFirst() throws Exception {
        Files.createFile(folder.resolve("a.png"));
        Files.writeString(folder.resolve("test.jsonl"), line("a.png", "caption en", "x"));
        Files.writeString(folder.resolve("my_train_set.jsonl"), line("a.png", "caption en", "y"));
        var sink = new SizedSink(_ -> SIZE);
        var report = sink.read(folder, ImportOptions.DEFAULT);
        assertThat(report.findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "test.jsonl line 1: the image is in two splits; it stays in train");
        assertThat(sink.images().getFirst().details().split()).isEqualTo(Split.TRAIN);
        assertThat(described(sink).get("a.png")).containsExactly("caption en: y", "caption en: x");
    }

    @Test
    void anEmptyMaskLeavesItsBox() throws Exception {
        var sink = new SizedSink(_ -> SIZE);
        var report =
                sink.read(
                        file(line("a.png", "segment cat", BOX + CODES + " cat")),
                        ImportOptions.DEFAULT.withMasks((_, _, size) -> Mask.empty(size)));
        assertThat(described(sink).get("a.png")).containsExactly("cat " + PIXELS);
        assertThat(report.findings()).hasSize(1);
    }

    @Test
    void aLineOfMoreObjectsThanAnyAnswerHasIsLeftOut() throws Exception {
        var sink = new SizedSink(_ -> SIZE);
        var report =
                sink.read(
                        file(line("a.png", "detect cat", (BOX + " cat ; ").repeat(1001))),
                        ImportOptions.DEFAULT);
        assertThat(report.findings())
                .extracting(Finding::message)
                .containsExactly("more than 1000 objects");
        assertThat(report.examples()).isZero();
    }

    @Test
    void aFolderWithoutTrainingFilesIsSaid() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new SizedSink(_ -> SIZE).read(folder, ImportOptions.DEFAULT))
                .withMessageContaining("no training file");
    }

    private Path file(String... lines) throws Exception {
        for (var name : List.of("a.png", "b.png")) {
            if (!Files.exists(folder.resolve(name))) {
                Files.createFile(folder.resolve(name));
            }
        }
        return Files.writeString(folder.resolve("x.jsonl"), String.join("\n", lines) + "\n");
    }

    private static String line(String image, String prefix, String suffix) {
        return "{\"image\":\"%s\",\"prefix\":\"%s\",\"suffix\":\"%s\"}"
                .formatted(image, prefix, suffix);
    }

    private static Map<String, List<String>> described(SizedSink sink) {
        var described = new LinkedHashMap<String, List<String>>();
        for (var image : sink.images()) {
            var all = new ArrayList<String>();
            for (var annotation : image.annotations()) {
                all.add(
                        switch (annotation) {
                            case ObjectAnnotation object -> object.label() + " " + object.region();
                            case TextAnnotation text -> text.prompt() + ": " + text.text();
                        });
            }
            described.put(name(image), all);
        }
        return described;
    }
}
