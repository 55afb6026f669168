package org.palimpsest.format.labelstudio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.CollectingSink;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.FormatContract;
import org.palimpsest.format.GeneratedDataset;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.format.ImportProbe;
import org.palimpsest.format.shape.Shapes;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

class LabelStudioFormatTest extends FormatContract {
    private static final Path SAMPLES = ImportProbe.RESOURCES.resolve("labelstudio");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    protected DatasetFormat format() {
        return new LabelStudioFormat();
    }

    @Override
    protected Path importSource(Path exported) {
        return exported;
    }

    /// Percentages come back with the rounding of one multiplication.
    @Override
    protected boolean same(Region expected, Region actual) {
        return near(expected, actual);
    }

    private static boolean near(Region expected, Region actual) {
        if (expected instanceof Mask || !expected.getClass().equals(actual.getClass())) {
            return expected.equals(actual);
        }
        var a = Shapes.polygons(expected).getFirst().exterior();
        var b = Shapes.polygons(actual).getFirst().exterior();
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (Math.hypot(a.get(i).x() - b.get(i).x(), a.get(i).y() - b.get(i).y()) > 1e-9) {
                return false;
            }
        }
        return true;
    }

    @Test
    void readsWhatTheIndependentReaderReads() throws Exception {
        var sample = SAMPLES.resolve("sample");
        var result = ImportProbe.read(format(), sample);
        assertThat(result.findings()).isEmpty();
        for (var expected : ImportProbe.expected(sample).get("images")) {
            Path file = Path.of(expected.get("file").asText());
            var image = result.image(file.getFileName().toString());
            var texts = new ArrayList<String>();
            expected.get("texts").forEach(text -> texts.add(text.asText()));
            assertThat(image.texts()).extracting(TextAnnotation::text).isEqualTo(texts);
            assertThat(image.texts()).allMatch(text -> text.prompt().equals("caption en"));
            assertThat(image.objects()).hasSameSizeAs(expected.get("objects"));
            for (int i = 0; i < image.objects().size(); i++) {
                var shape = expected.get("objects").get(i);
                assertThat(image.objects().get(i).label()).isEqualTo(shape.get("label").asText());
                assertThat(near(region(shape), image.objects().get(i).region())).isTrue();
            }
        }
    }

    private static Region region(JsonNode shape) {
        return switch (shape.get("type").asText()) {
            case "brush" -> ImportProbe.mask(shape.get("rle"));
            case "rectangle" -> {
                double x = shape.at("/bbox_xywh/0").asDouble();
                double y = shape.at("/bbox_xywh/1").asDouble();
                yield new Box(
                        x,
                        y,
                        x + shape.at("/bbox_xywh/2").asDouble(),
                        y + shape.at("/bbox_xywh/3").asDouble());
            }
            default -> {
                var points = new ArrayList<Point>();
                for (var point : shape.get("points")) {
                    points.add(new Point(point.get(0).asDouble(), point.get(1).asDouble()));
                }
                yield new Polygon(points);
            }
        };
    }

    @Test
    void packedRunsAreByteForByteThoseOfTheOriginal() throws Exception {
        var cases = JSON.readTree(SAMPLES.resolve("sample/brush-cases.json").toFile());
        assertThat(cases).hasSize(10);
        for (var one : cases) {
            var rows = one.get("rows");
            var mask =
                    Mask.of(
                            one.get("width").asInt(),
                            one.get("height").asInt(),
                            (x, y) -> rows.get(y).asText().charAt(x) == '#');
            byte[] packed = new byte[one.get("rle").size()];
            for (int i = 0; i < packed.length; i++) {
                packed[i] = (byte) one.get("rle").get(i).asInt();
            }
            assertThat(BrushRuns.encode(mask)).containsExactly(packed);
            assertThat(BrushRuns.decode(packed, mask.size())).isEqualTo(mask);
        }
    }

    @Test
    void packedRunsOfAnyMaskComeBack() throws Exception {
        var random = new Random(5);
        for (int i = 0; i < 200; i++) {
            int density = 1 + random.nextInt(400);
            var mask =
                    Mask.of(
                            1 + random.nextInt(300),
                            1 + random.nextInt(200),
                            (x, y) -> random.nextInt(400) < density == (x / 90 % 2 == 0));
            assertThat(BrushRuns.decode(BrushRuns.encode(mask), mask.size())).isEqualTo(mask);
        }
        // Longer than the longest run.
        var full = Mask.of(300, 200, (_, _) -> true);
        assertThat(BrushRuns.decode(BrushRuns.encode(full), full.size())).isEqualTo(full);
    }

    @Test
    void valuesThatAreNotRepeatedAreReadOneByOne() throws Exception {
        // 2 pixels: 8 values of 8 bits, lengths as usual; 8 values in a row: 0 0 0 255, 0 0 0 0.
        var bits =
                "00000000000000000000000000001000"
                        + "00111"
                        + "0010001101111111"
                        + "0"
                        + "00"
                        + "111"
                        + "000000000000000000000000"
                        + "11111111"
                        + "0".repeat(32);
        byte[] packed = new byte[(bits.length() + 7) / 8];
        for (int i = 0; i < bits.length(); i++) {
            packed[i / 8] |= (byte) ((bits.charAt(i) - '0') << 7 - i % 8);
        }
        assertThat(BrushRuns.decode(packed, new Size(2, 1)))
                .isEqualTo(Mask.of(2, 1, (x, _) -> x == 0));
        assertThatThrownBy(() -> BrushRuns.decode(packed, new Size(3, 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("the mask holds 8 values, an image of 3x1 has 12");
    }

    @Test
    void aMaskThatClaimsTooMuchIsRefused() throws Exception {
        var result = ImportProbe.read(format(), SAMPLES.resolve("50-label-studio-rle-length"));
        assertThat(result.words())
                .containsExactly(
                        "task 1 region x: the mask holds 4294967295 values, an image of 16x12 has"
                                + " 768");
    }

    @Test
    void rectanglesBeyondTheEdgeAreCutAndNegativeOnesNamed() throws Exception {
        var result = ImportProbe.read(format(), SAMPLES.resolve("51-label-studio-over-100"));
        assertThat(result.words())
                .containsExactly(
                        "task 1 region 0: the box reaches over the edge of the image and is cut:"
                                + " 14.4,10.8 22.4,16.8",
                        "task 1 region 1: the width or height of a rectangle is not positive");
        assertThat(result.objects("a.png"))
                .extracting(ObjectAnnotation::region)
                .containsExactly(new Box(14.4, 10.8, 16, 12));
    }

    @Test
    void whatNobodyLookedAtIsOnePrediction() throws Exception {
        var contents = Set.of(Content.BOXES, Content.MASKS, Content.SCORES);
        var data = GeneratedDataset.make(4, folder.resolve("source"), contents);
        var images = new ArrayList<AnnotatedImage>();
        data.forEach(images::add);
        var objects = new ArrayList<ObjectAnnotation>();
        for (var region : List.of(new Box(0, 0, 5, 5), new Box(3, 3, 9, 9), new Box(1, 1, 4, 4))) {
            objects.add(
                    ObjectAnnotation.of(
                            "cat",
                            region,
                            new Provenance.Predicted(
                                    "m448", "detect cat", 0.5, GeneratedDataset.NOW)));
        }
        objects.set(1, objects.get(1).withReview(ReviewState.ACCEPTED));
        var image = images.getFirst().withAnnotations(objects);
        Exporter.export(
                format(),
                Dataset.of(data.labels(), List.of(image)),
                folder.resolve("out"),
                ExportOptions.DEFAULT,
                Progress.NONE);
        var task = JSON.readTree(folder.resolve("out/tasks.json").toFile()).get(0);
        assertThat(task.get("data").toString())
                .isEqualTo("{\"image\":\"/data/local-files/?d=images/a.png\"}");
        assertThat(task.get("annotations")).hasSize(1);
        assertThat(task.at("/annotations/0/result")).hasSize(1);
        assertThat(task.get("predictions")).hasSize(1);
        assertThat(task.at("/predictions/0/result")).hasSize(2);
        assertThat(task.at("/predictions/0/model_version").asText()).isEqualTo("m448");
        assertThat(task.at("/predictions/0/score").asDouble()).isEqualTo(0.5);
        assertThat(task.at("/predictions/0/result/0").toString())
                .startsWith(
                        "{\"id\":\"r2\",\"from_name\":\"label\",\"to_name\":\"image\","
                                + "\"type\":\"rectanglelabels\",\"origin\":\"prediction\"");
        assertThat(Files.readString(folder.resolve("out/labeling_config.xml")))
                .contains("<RectangleLabels name=\"label\" toName=\"image\">")
                .contains("<Label value=\"Übung 猫\" background=\"#");
        var back = ImportProbe.read(format(), folder.resolve("out"));
        assertThat(back.objects("a.png"))
                .extracting(ObjectAnnotation::review)
                .containsExactly(
                        ReviewState.ACCEPTED, ReviewState.UNREVIEWED, ReviewState.UNREVIEWED);
    }

    @Test
    void captionsOfEveryKindHaveTheirField() throws Exception {
        var data = GeneratedDataset.make(4, folder.resolve("source"), Set.of(Content.BOXES));
        var images = new ArrayList<AnnotatedImage>();
        data.forEach(images::add);
        var drawn = new Provenance.Drawn("ada", GeneratedDataset.NOW);
        var texts =
                List.of(
                        TextAnnotation.of("caption en", "a cat", drawn),
                        TextAnnotation.of("caption de", "eine Katze", drawn),
                        TextAnnotation.of("cap en", "cat", drawn));
        Exporter.export(
                format(),
                Dataset.of(data.labels(), List.of(images.getFirst().withAnnotations(texts))),
                folder.resolve("out"),
                ExportOptions.DEFAULT,
                Progress.NONE);
        assertThat(Files.readString(folder.resolve("out/labeling_config.xml")))
                .contains("<TextArea name=\"caption\"", "name=\"caption_de\"", "name=\"cap_en\"");
        var back = ImportProbe.read(format(), folder.resolve("out")).image("a.png").texts();
        assertThat(back)
                .extracting(text -> text.prompt() + ": " + text.text())
                .containsExactly("caption en: a cat", "caption de: eine Katze", "cap en: cat");
    }

    @ParameterizedTest
    @CsvSource({
        "/data/local-files/?d=images/a%20b%C3%BC.png, images/a bü.png",
        "/data/upload/3/0a1b2c3d-x.png, x.png",
        "s3://bucket/folder/x%20y.png, x y.png",
        "https://example.org/x.png?size=3#a, x.png",
        "images/x+y%zz.png, images/x+y%zz.png",
    })
    void addressesBecomePaths(String address, String path) {
        var data =
                new DatasetImport(
                        folder, ImportOptions.DEFAULT, new CollectingSink(), Progress.NONE);
        assertThat(ImageUrls.path(data, address)).isEqualTo(path);
        assertThat(ImageUrls.decode(ImageUrls.encode(path))).isEqualTo(path);
    }

    @Test
    void otherRegionsBecomeOutlinesOrAreNamed() throws Exception {
        Files.copy(SAMPLES.resolve("51-label-studio-over-100/a.png"), folder.resolve("a.png"));
        Files.writeString(
                folder.resolve("tasks.json"),
                """
                [{"id":7,"data":{"pic":"s3://b/a.png"},"annotations":[
                {"was_cancelled":true,"result":[]},
                {"result":[
                {"id":"a","type":"rectanglelabels","value":{"x":50,"y":50,"width":25,"height":25,
                "rotation":90,"rectanglelabels":["cat","dog"]},"meta":{"text":["x"]}},
                {"id":"b","type":"ellipselabels","value":{"x":50,"y":50,"radiusX":25,"radiusY":25,
                "rotation":0,"ellipselabels":["cat"]}},
                {"id":"c","type":"keypointlabels","value":{"x":5,"y":5,"width":1,
                "keypointlabels":["cat"]}},
                {"id":"d","type":"relation"},
                {"type":"choices","value":{"choices":["night"]}}]},
                {"result":[]}]},{"data":{}},5\
                """);
        var result = ImportProbe.read(format(), folder);
        assertThat(result.words().subList(0, 8))
                .containsExactly(
                        "task 7: a skipped annotation is left out",
                        "task 7 region a: of several labels the first is taken",
                        "task 7 region a: the turned rectangle becomes an outline",
                        "task 7 region b: the ellipse becomes an outline",
                        "task 7 region c: the region has no usable label",
                        "task 7 region d: relations are left out",
                        "task 7: of several annotations the first is taken",
                        "task 2: the task names no image");
        assertThat(result.words().getLast()).startsWith("tasks.json: the rest cannot be read: ");
        assertThat(result.image("a.png").details().tags()).containsExactly("night");
        var turned = result.objects("a.png").getFirst();
        assertThat(turned.attributes().toString()).isEqualTo("{meta={\"text\":[\"x\"]}}");
        // 8,6 stays; 4 to the right becomes 4 down, 3 down becomes 3 to the left.
        assertThat(
                        near(
                                new Polygon(
                                        List.of(
                                                new Point(8, 6),
                                                new Point(8, 10),
                                                new Point(5, 10),
                                                new Point(5, 6))),
                                turned.region()))
                .isTrue();
    }

    @Test
    void aFileWithoutTasksIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("tasks.json"), "\"x\"");
        assertThatThrownBy(() -> ImportProbe.read(format(), file))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("it holds no tasks");
    }

    @Test
    void noChangeToAFileStopsTheReader() throws Exception {
        var sample = SAMPLES.resolve("sample");
        for (var name : List.of("scene_one.png", "edge.png")) {
            Files.copy(sample.resolve("images").resolve(name), folder.resolve(name));
        }
        var tasks = JSON.readTree(sample.resolve("tasks.json").toFile());
        Path file =
                Files.writeString(
                        folder.resolve("tasks.json"),
                        "[" + tasks.get(0) + "," + tasks.get(4) + "]");
        ImportProbe.importDamaged(format(), folder, file, 2000);
    }
}
