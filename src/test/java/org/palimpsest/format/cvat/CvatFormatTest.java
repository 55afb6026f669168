package org.palimpsest.format.cvat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.FormatContract;
import org.palimpsest.format.GeneratedDataset;
import org.palimpsest.format.ImportProbe;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

class CvatFormatTest extends FormatContract {
    private static final Path SAMPLES = ImportProbe.RESOURCES.resolve("cvat");

    @Override
    protected DatasetFormat format() {
        return new CvatFormat();
    }

    @Override
    protected Path importSource(Path exported) {
        return exported;
    }

    @Test
    void readsWhatTheIndependentReaderReads() throws Exception {
        var sample = SAMPLES.resolve("sample");
        var result = ImportProbe.read(format(), sample.resolve("annotations.xml"));
        assertThat(result.findings()).isEmpty();
        assertThat(result.data().labels().names())
                .containsExactly("cat", "dog", "red car", "t-shirt");
        for (var expected : ImportProbe.expected(sample).get("images")) {
            var image = result.image(expected.get("file").asText());
            var texts = new ArrayList<String>();
            expected.get("texts").forEach(text -> texts.add(text.asText()));
            assertThat(image.texts()).extracting(TextAnnotation::text).isEqualTo(texts);
            assertThat(image.texts()).allMatch(text -> text.prompt().equals("caption en"));
            assertThat(image.objects()).hasSameSizeAs(expected.get("objects"));
            for (int i = 0; i < image.objects().size(); i++) {
                var shape = expected.get("objects").get(i);
                var object = image.objects().get(i);
                assertThat(object.label()).isEqualTo(shape.get("label").asText());
                assertThat(object.review())
                        .isEqualTo(
                                shape.get("source").asText().equals("auto")
                                        ? ReviewState.UNREVIEWED
                                        : ReviewState.ACCEPTED);
                Region region = object.region();
                switch (shape.get("type").asText()) {
                    case "mask" -> assertThat(region).isEqualTo(ImportProbe.mask(shape.get("rle")));
                    case "box" -> {
                        assertThat(region)
                                .isEqualTo(
                                        new Box(
                                                shape.at("/xyxy/0").asDouble(),
                                                shape.at("/xyxy/1").asDouble(),
                                                shape.at("/xyxy/2").asDouble(),
                                                shape.at("/xyxy/3").asDouble()));
                        assertThat(object.attributes()).isEqualTo(Map.of("note", "a < b & c"));
                    }
                    default -> {
                        var points = new ArrayList<Point>();
                        for (var point : shape.get("points")) {
                            points.add(new Point(point.get(0).asDouble(), point.get(1).asDouble()));
                        }
                        assertThat(region).isEqualTo(new Polygon(points));
                        assertThat(object.attributes()).isEqualTo(Map.of("occluded", "true"));
                    }
                }
            }
        }
    }

    @Test
    void aMaskThatIsTooLongIsNamed() throws Exception {
        var result = ImportProbe.read(format(), SAMPLES.resolve("52-cvat-rle-too-long"));
        assertThat(result.words())
                .containsExactly("line 2: the run lengths of a mask do not fill its box");
    }

    private ImportProbe.Result readShapes(String shapes) throws Exception {
        Path image = folder.resolve("a.png");
        if (!Files.exists(image)) {
            Files.copy(SAMPLES.resolve("52-cvat-rle-too-long/a.png"), image);
        }
        Files.writeString(
                folder.resolve("annotations.xml"),
                "<annotations><image name=\"x/a.png\" subset=\"Train\">\n"
                        + shapes
                        + "\n</image><image name=\"../a.png\"/></annotations>");
        return ImportProbe.read(format(), folder);
    }

    @Test
    void otherShapesBecomeOutlinesOrAreNamed() throws Exception {
        var result =
                readShapes(
                        """
                        <box label="cat" xtl="4" ytl="4" xbr="8" ybr="6" rotation="90"/>
                        <ellipse label="cat" cx="8" cy="6" rx="4" ry="2"/>
                        <polyline label="cat" points="1,1;2,2"/>
                        <polygon label="cat" points="1,1;2"/>
                        <box label="" xtl="4" ytl="4" xbr="8" ybr="6"/>
                        <mask label="cat" rle="0, 4" left="14" top="1" width="4" height="1" group_id="3"/>
                        <tag label="night"/>\
                        """);
        assertThat(result.words())
                .containsExactly(
                        "line 2: the turned box becomes an outline",
                        "line 3: the ellipse becomes an outline",
                        "line 4: a polyline has no area",
                        "line 5: a point is no pair of numbers: 2",
                        "line 6: the shape has no usable label",
                        "line 7: a mask reaches over the edge of the image and is cut",
                        "line 9: the image path leaves its folder: ../a.png");
        var objects = result.objects("a.png");
        var first = ((Polygon) objects.get(0).region()).exterior().getFirst();
        assertThat(first.x()).isCloseTo(7, within(1e-9));
        assertThat(first.y()).isCloseTo(3, within(1e-9));
        assertThat(objects.get(1).region().area()).isCloseTo(8 * Math.PI, within(0.1));
        assertThat(objects.get(2).region()).isEqualTo(Mask.of(16, 12, (x, y) -> y == 1 && x >= 14));
        assertThat(objects.get(2).attributes()).isEqualTo(Map.of("group_id", "3"));
        assertThat(result.image("a.png").details().tags()).containsExactly("night");
    }

    @Test
    void documentTypesAreRefusedAndWhatIsCutOffKeepsItsBeginning() throws Exception {
        var whole = readShapes("<box label=\"cat\" xtl=\"4\" ytl=\"4\" xbr=\"8\" ybr=\"6\"/>");
        assertThat(whole.objects("a.png")).hasSize(1);
        Path file = folder.resolve("annotations.xml");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 20));
        var result = ImportProbe.read(format(), folder);
        assertThat(result.objects("a.png")).hasSize(1);
        assertThat(result.words().getLast())
                .startsWith("annotations.xml: the rest cannot be read: ");
        Files.writeString(file, "<!DOCTYPE a [<!ENTITY b \"" + "c".repeat(9) + "\">]>" + text);
        assertThatThrownBy(() -> ImportProbe.read(format(), folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("a document type");
    }

    @Test
    void whereAnAnnotationCameFromIsSaidInCvatsWords() throws Exception {
        var data = GeneratedDataset.make(4, folder.resolve("source"), Set.of(Content.BOXES));
        var images = new ArrayList<AnnotatedImage>();
        data.forEach(images::add);
        var predicted = new Provenance.Predicted("m", "detect cat", 0.5, GeneratedDataset.NOW);
        var box = new Box(0, 0, 5, 5);
        var object = ObjectAnnotation.of("cat", box, predicted);
        var objects =
                List.of(
                        object,
                        object(object.withReview(ReviewState.ACCEPTED)),
                        object(object.correctRegion(box, "ada", GeneratedDataset.NOW)),
                        ObjectAnnotation.of("cat", box, new Provenance.Imported("x", "y")),
                        ObjectAnnotation.of(
                                "cat", box, new Provenance.Drawn("ada", GeneratedDataset.NOW)));
        var image = images.getFirst().withAnnotations(objects);
        Exporter.export(
                format(),
                Dataset.of(data.labels(), List.of(image)),
                folder.resolve("out"),
                ExportOptions.DEFAULT,
                Progress.NONE);
        var sources =
                Pattern.compile("source=\"([a-z-]+)\"")
                        .matcher(Files.readString(folder.resolve("out/annotations.xml")))
                        .results()
                        .map(match -> match.group(1));
        assertThat(sources).containsExactly("auto", "semi-auto", "semi-auto", "manual", "manual");
    }

    /// The same under an id of its own.
    private static ObjectAnnotation object(ObjectAnnotation other) {
        return new ObjectAnnotation(
                AnnotationId.random(),
                other.label(),
                other.region(),
                other.provenance(),
                other.review());
    }

    @Test
    void partsAndHolesBecomeMasks() throws Exception {
        var contents = Set.of(Content.HOLES, Content.SEVERAL_PARTS);
        var data = GeneratedDataset.make(4, folder.resolve("source"), contents);
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

    /// The example of CVAT's own documentation of run lengths (MaskConverter), run once there.
    @Test
    void runLengthsAreThoseOfCvat() throws Exception {
        var result =
                readShapes(
                        "<mask label=\"cat\" rle=\"0, 2, 2, 2\" left=\"1\" top=\"1\" width=\"3\""
                                + " height=\"2\"/>");
        var mask = (Mask) result.objects("a.png").getFirst().region();
        assertThat(List.of(mask.get(1, 1), mask.get(2, 1), mask.get(3, 1)))
                .containsExactly(true, true, false);
        assertThat(List.of(mask.get(1, 2), mask.get(2, 2), mask.get(3, 2)))
                .containsExactly(false, true, true);
        assertThat(mask.pixelCount()).isEqualTo(4);
    }

    @Test
    void noChangeToAFileStopsTheReader() throws Exception {
        var sample = SAMPLES.resolve("sample");
        for (var name : List.of("scene_one.png", "edge.png")) {
            Files.copy(sample.resolve("images").resolve(name), folder.resolve(name));
        }
        Path file =
                Files.copy(sample.resolve("annotations.xml"), folder.resolve("annotations.xml"));
        ImportProbe.importDamaged(format(), folder, file, 2000);
    }
}
