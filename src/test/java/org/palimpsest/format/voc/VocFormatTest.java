package org.palimpsest.format.voc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.FormatContract;
import org.palimpsest.format.GeneratedDataset;
import org.palimpsest.format.ImportProbe;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Region;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

class VocFormatTest extends FormatContract {
    private static final Path SAMPLES = ImportProbe.RESOURCES.resolve("voc");

    @Override
    protected DatasetFormat format() {
        return new VocFormat();
    }

    @Override
    protected Path importSource(Path exported) {
        return exported;
    }

    /// Rounded to whole pixels.
    @Override
    protected boolean same(Region expected, Region actual) {
        var a = (Box) expected;
        var b = (Box) actual;
        return Math.abs(a.xMin() - b.xMin()) <= 0.5
                && Math.abs(a.yMin() - b.yMin()) <= 0.5
                && Math.abs(a.xMax() - b.xMax()) <= 0.5
                && Math.abs(a.yMax() - b.yMax()) <= 0.5;
    }

    @Nested
    class CountedFromZero extends FormatContract {
        @Override
        protected DatasetFormat format() {
            return new VocFormat();
        }

        @Override
        protected Path importSource(Path exported) {
            return exported.resolve("Annotations");
        }

        @Override
        protected ExportOptions exportOptions() {
            return ExportOptions.DEFAULT.withSettings(Map.of("convention", "zero-based"));
        }
    }

    @Test
    void readsWhatTheIndependentReadersRead() throws Exception {
        var sample = SAMPLES.resolve("sample");
        var result = ImportProbe.read(format(), sample);
        assertThat(result.findings()).isEmpty();
        var all = ImportProbe.expected(sample);
        for (var expected : all.get("images")) {
            var image = result.image(expected.get("file").asText());
            assertThat(image.objects()).hasSameSizeAs(expected.get("objects"));
            for (int i = 0; i < image.objects().size(); i++) {
                var object = expected.get("objects").get(i);
                var numbers = object.get("xyxy_edges_of_1_based_inclusive_box");
                Region box =
                        new Box(
                                numbers.get(0).asDouble(),
                                numbers.get(1).asDouble(),
                                numbers.get(2).asDouble(),
                                numbers.get(3).asDouble());
                if (expected.get("file").asText().equals("rotated.jpg")) {
                    box = new Box(5, 10, 30, 50); // upright: scene.json
                }
                assertThat(image.objects().get(i).label()).isEqualTo(object.get("label").asText());
                assertThat(image.objects().get(i).region()).isEqualTo(box);
            }
        }
        for (var expected : all.get("datumaro")) {
            String name = expected.get("id").asText();
            var image = result.image(name + (name.matches("rot.*|üb.*") ? ".jpg" : ".png"));
            assertThat(image.details().split())
                    .isEqualTo(
                            expected.get("subset").asText().equals("train")
                                    ? Split.TRAIN
                                    : Split.VALIDATION);
            for (int i = 0; i < image.objects().size(); i++) {
                var attributes = expected.get("annotations").get(i).get("attributes");
                assertThat(image.objects().get(i).attributes().containsKey("difficult"))
                        .isEqualTo(attributes.get("difficult").asBoolean());
                assertThat(image.objects().get(i).attributes().containsKey("truncated"))
                        .isEqualTo(attributes.get("truncated").asBoolean());
            }
        }
    }

    @Test
    void externalEntitiesAreNotRead() {
        assertThatThrownBy(
                        () -> ImportProbe.read(format(), SAMPLES.resolve("46-voc-external-entity")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("a document type");
    }

    @Test
    void everyBadObjectIsNamed() throws Exception {
        var result = ImportProbe.read(format(), SAMPLES.resolve("47-voc-inverted"));
        assertThat(result.words())
                .containsExactly(
                        "a.xml line 1: the corners of a box are in the wrong order: 9,1 5,5",
                        "a.xml line 1: an object has no box",
                        "a.xml line 1: an object has no usable name");
        assertThat(result.objects("a.png")).isEmpty();
    }

    @Test
    void filesThatCountFromZeroAreRecognised() throws Exception {
        Files.copy(SAMPLES.resolve("47-voc-inverted/a.png"), folder.resolve("a.png"));
        Files.writeString(folder.resolve("a.xml"), file("1", "1", "5", "5"));
        assertThat(ImportProbe.read(format(), folder).objects("a.png").getFirst().region())
                .isEqualTo(new Box(0, 0, 5, 5));
        Files.writeString(folder.resolve("a.xml"), file("0", "1", "5", "5"));
        var zero = ImportProbe.read(format(), folder);
        assertThat(zero.objects("a.png").getFirst().region()).isEqualTo(new Box(0, 1, 5, 5));
        assertThat(zero.words().toString()).contains("taken as corners counted from 0");
        Files.writeString(folder.resolve("a.xml"), file("1", "1", "5.5", "5"));
        assertThat(ImportProbe.read(format(), folder).objects("a.png").getFirst().region())
                .isEqualTo(new Box(1, 1, 5.5, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "ISO-8859-1"})
    void everyEncodingThatIsStatedIsRead(String encoding) throws Exception {
        Files.copy(SAMPLES.resolve("47-voc-inverted/a.png"), folder.resolve("a.png"));
        String text =
                file("1", "1", "5", "5").replace("UTF-8", encoding).replace("cat", "Ü&#x732b;");
        Files.write(folder.resolve("a.xml"), text.getBytes(encoding));
        assertThat(ImportProbe.read(format(), folder).objects("a.png").getFirst().label())
                .isEqualTo("Ü猫");
    }

    private static String file(String xMin, String yMin, String xMax, String yMax) {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <annotation><filename>a</filename><owner><name>x</name></owner>
        <object><name>cat</name><pose>Left</pose><color>red</color><bndbox><xmin>%s</xmin>\
        <ymin>%s</ymin><xmax>%s</xmax><ymax>%s</ymax></bndbox></object></annotation>
        """
                .formatted(xMin, yMin, xMax, yMax);
    }

    @Test
    void unknownElementsAreKeptAsAttributes() throws Exception {
        Files.copy(SAMPLES.resolve("47-voc-inverted/a.png"), folder.resolve("a.png"));
        Files.writeString(folder.resolve("a.xml"), file("1", "1", "5", "5"));
        assertThat(ImportProbe.read(format(), folder).objects("a.png").getFirst().attributes())
                .isEqualTo(Map.of("color", "red", "pose", "Left"));
    }

    @Test
    void theNumbersAreThoseOfTheDevelopmentKit() throws Exception {
        assertThat(Convention.DEVKIT.numbers(new Box(4, 5, 24, 26)))
                .containsExactly("5", "6", "24", "26");
        assertThat(Convention.DEVKIT.numbers(new Box(4.4, 5.6, 4.6, 5.9)))
                .containsExactly("5", "6", "5", "6");
        assertThat(Convention.DEVKIT.numbers(new Box(9.6, 9.6, 10, 10)))
                .containsExactly("10", "10", "10", "10");
        assertThat(Convention.ZERO_BASED.numbers(new Box(4.25, 5, 24.5, 26)))
                .containsExactly("4.25", "5", "24.5", "26");
    }

    @Test
    void anExportSaysHowItsNumbersCount() throws Exception {
        var data = GeneratedDataset.make(2, folder.resolve("source"), Set.of(Content.BOXES));
        AnnotatedImage[] first = {null};
        data.forEach(image -> first[0] = first[0] == null ? image : first[0]);
        var object =
                ObjectAnnotation.of(
                                "t-shirt",
                                new Box(1.5, 2, 9, 9),
                                first[0].annotations().getFirst().provenance())
                        .withAttributes(Map.of("difficult", "true", "truncated", "false"));
        var image = first[0].withAnnotations(List.of(object));
        var exported =
                Exporter.export(
                        format(),
                        Dataset.of(data.labels(), List.of(image)),
                        folder.resolve("out"),
                        ExportOptions.DEFAULT,
                        Progress.NONE);
        assertThat(exported.report().findings())
                .extracting(finding -> finding.message())
                .containsExactly(
                        "1 boxes are rounded to whole pixels", "1 images of no split are in train");
        assertThat(Files.readString(folder.resolve("out/Annotations/a.xml")))
                .contains("<annotation>boxes are 1-based inclusive integers</annotation>")
                .contains("<difficult>1</difficult>")
                .contains("<truncated>0</truncated>");
        read(folder.resolve("out"))
                .forEach(back ->
                        assertThat(back.objects().getFirst().attributes())
                                .isEqualTo(object.attributes()));
    }

    @Test
    void noChangeToAFileStopsTheReader() throws Exception {
        Files.copy(SAMPLES.resolve("47-voc-inverted/a.png"), folder.resolve("a.png"));
        Path xml = Files.writeString(folder.resolve("a.xml"), file("1", "1", "5", "5"));
        ImportProbe.importDamaged(format(), folder, xml, 3000);
    }
}
