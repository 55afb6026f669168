package org.palimpsest.format.labelme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.FormatContract;
import org.palimpsest.format.GeneratedDataset;
import org.palimpsest.format.ImportProbe;
import org.palimpsest.format.shape.Shapes;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

class LabelmeFormatTest extends FormatContract {
    private static final Path SAMPLES = ImportProbe.RESOURCES.resolve("labelme");

    @Override
    protected DatasetFormat format() {
        return new LabelmeFormat();
    }

    @Override
    protected Path importSource(Path exported) {
        return exported;
    }

    @Test
    void readsWhatTheIndependentReaderReads() throws Exception {
        var result = ImportProbe.read(format(), SAMPLES.resolve("sample"));
        assertThat(result.findings()).isEmpty();
        for (var expected : ImportProbe.expected(SAMPLES).get("images")) {
            var image = result.image(expected.get("file").asText());
            var size = image.image().size();
            assertThat(size.width()).isEqualTo(expected.get("width").asInt());
            assertThat(size.height()).isEqualTo(expected.get("height").asInt());
            var parts = new ArrayList<Map.Entry<ObjectAnnotation, Region>>();
            for (var object : image.objects()) {
                if (object.region() instanceof Mask || object.region() instanceof Box) {
                    parts.add(Map.entry(object, object.region()));
                } else {
                    Shapes.polygons(object.region())
                            .forEach(part -> parts.add(Map.entry(object, part)));
                }
            }
            assertThat(parts).hasSameSizeAs(expected.get("objects"));
            for (int i = 0; i < parts.size(); i++) {
                var shape = expected.get("objects").get(i);
                var object = parts.get(i).getKey();
                assertThat(object.label()).isEqualTo(shape.get("label").asText());
                assertThat(object.attributes().toString().replace('=', ':'))
                        .isEqualTo(shape.get("other_data").toString().replace("\"", ""));
                compare(parts.get(i).getValue(), shape);
            }
        }
        assertThat(result.image("scene_one.png").details().tags()).containsExactly("ok");
        assertThat(result.objects("übung 猫 2.jpg")).hasSize(2);
    }

    private static void compare(Region region, JsonNode shape) {
        var mask = ImportProbe.mask(shape.get("rle"));
        switch (shape.get("shape_type").asText()) {
            case "mask" -> assertThat(region).isEqualTo(mask);
            case "rectangle" -> {
                assertThat(region).isEqualTo(Box.between(point(shape, 0), point(shape, 1)));
                assertThat(region.bounds()).isEqualTo(mask.bounds());
            }
            default -> {
                var points = new ArrayList<Point>();
                for (int i = 0; i < shape.get("points").size(); i++) {
                    points.add(point(shape, i));
                }
                assertThat(region).isEqualTo(new Polygon(points));
                // pycocotools draws the edge by another rule.
                assertThat(region.iou(mask, mask.size())).isGreaterThan(0.93);
            }
        }
    }

    private static Point point(JsonNode shape, int index) {
        return new Point(
                shape.at("/points/" + index + "/0").asDouble(),
                shape.at("/points/" + index + "/1").asDouble());
    }

    @Test
    void aMaskThatIsNoPictureIsNamed() throws Exception {
        var result = ImportProbe.read(format(), SAMPLES.resolve("48-labelme-bad-mask"));
        assertThat(result.words()).hasSize(1);
        assertThat(result.words().getFirst())
                .startsWith("a.json shape 1: the mask cannot be read: ");
    }

    @Test
    void aRectangleOfThreePointsIsNamed() throws Exception {
        var result =
                ImportProbe.read(format(), SAMPLES.resolve("49-labelme-rectangle-three-points"));
        assertThat(result.words())
                .containsExactly("a.json shape 1: a rectangle has 2 points, not 3");
    }

    private ImportProbe.Result readShapes(String shapes) throws Exception {
        Path image = folder.resolve("a.png");
        if (!Files.exists(image)) {
            Files.copy(SAMPLES.resolve("48-labelme-bad-mask/a.png"), image);
        }
        Files.writeString(
                folder.resolve("a.json"),
                "{\"shapes\":[%s],\"imagePath\":\"..\\\\images\\\\a.png\",\"imageData\":\"%s\"}"
                        .formatted(shapes, "A".repeat(1000)));
        return ImportProbe.read(format(), folder);
    }

    @Test
    void otherShapesBecomeOutlinesOrAreNamed() throws Exception {
        var result =
                readShapes(
                        """
                        {"label":"cat","shape_type":"circle","points":[[8,6],[11,6]],"flags":{"far":true}},
                        {"label":"cat","shape_type":"line","points":[[8,6],[11,6]]},
                        {"label":"cat","points":[[1,1],[5,1],[5,5]],"rank":[1,2]},
                        {"label":"","points":[[1,1],[5,1],[5,5]]},
                        {"label":"cat","points":[[1,1],[5,1]]},
                        {"label":"cat","points":[[1,null],[5,1]]},
                        {"label":"cat","shape_type":"rectangle","points":[[20,20],[5,1]]}\
                        """);
        assertThat(result.words())
                .containsExactly(
                        "a.json shape 1: the circle becomes an outline",
                        "a.json shape 2: a line has no area",
                        "a.json shape 4: the shape has no usable label",
                        "a.json shape 5: a polygon has 3 points or more, not 2",
                        "a.json shape 6: the points are no pairs of numbers",
                        "a.json shape 7: the box reaches over the edge of the image and is cut:"
                                + " 5,1 20,20");
        var objects = result.objects("a.png");
        assertThat(objects)
                .extracting(ObjectAnnotation::attributes)
                .isEqualTo(List.of(Map.of("far", "true"), Map.of("rank", "[1,2]"), Map.of()));
        assertThat(objects.get(0).region().area()).isCloseTo(9 * Math.PI, within(0.1));
        assertThat(objects.get(2).region()).isEqualTo(new Box(5, 1, 16, 12));
    }

    @Test
    void holesBecomeMasks() throws Exception {
        var data = GeneratedDataset.make(4, folder.resolve("source"), Set.of(Content.HOLES));
        Exporter.export(
                format(), data, folder.resolve("out"), ExportOptions.DEFAULT, Progress.NONE);
        var back = ImportProbe.read(format(), folder.resolve("out"));
        assertThat(back.findings()).isEmpty();
        data.forEach(image -> {
            var objects = back.objects(image.image().file().getFileName().toString());
            assertThat(objects)
                    .extracting(ObjectAnnotation::region)
                    .isEqualTo(
                            image.objects().stream()
                                    .map(object ->
                                            Mask.fromRegion(object.region(), image.image().size()))
                                    .toList());
        });
    }

    @Test
    void aCutOffFileKeepsItsShapesAndOthersDoNotStopTheImport() throws Exception {
        readShapes("{\"label\":\"cat\",\"points\":[[1,1],[5,1],[5,5]]}");
        String whole = Files.readString(folder.resolve("a.json"));
        Files.writeString(folder.resolve("b.json"), whole.substring(0, 10));
        Files.writeString(folder.resolve("c.json"), "[1]");
        Files.write(
                folder.resolve("a.json"), ("\uFEFF" + whole).getBytes(StandardCharsets.UTF_16LE));
        var result = ImportProbe.read(format(), folder);
        assertThat(result.objects("a.png")).hasSize(1);
        assertThat(result.words()).hasSize(2);
        assertThat(result.words().get(0)).startsWith("b.json: no JSON: ");
        assertThat(result.words().get(1)).isEqualTo("c.json: this JSON file is none of labelme's");
        assertThatThrownBy(() -> ImportProbe.read(format(), folder.resolve("c.json")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void noChangeToAFileStopsTheReader() throws Exception {
        for (var name : List.of("a.png", "a.json")) {
            Files.copy(
                    SAMPLES.resolve("sample/scene_one." + name.substring(2)),
                    folder.resolve("scene_one." + name.substring(2)));
        }
        ImportProbe.importDamaged(format(), folder, folder.resolve("scene_one.json"), 3000);
    }
}
