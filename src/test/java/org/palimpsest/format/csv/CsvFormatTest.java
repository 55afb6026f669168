package org.palimpsest.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.CollectingSink;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.Finding;
import org.palimpsest.format.FormatContract;
import org.palimpsest.format.GeneratedDataset;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.format.table.Described;
import org.palimpsest.format.table.ForgetfulSink;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

class CsvFormatTest extends FormatContract {
    private static final Path SAMPLE =
            Path.of("src/test/resources/org/palimpsest/format/csv/sample");

    @Override
    protected DatasetFormat format() {
        return new CsvFormat();
    }

    @Override
    protected Path importSource(Path exported) {
        return exported;
    }

    @Test
    void theSampleGivesWhatTheIndependentReaderGets() throws Exception {
        var images = imported(SAMPLE, ImportOptions.DEFAULT, List.of());
        assertThat(images)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "scene_one.png",
                                List.of(
                                        "cat [4.0, 5.0, 24.0, 26.0]",
                                        "dog [30.0, 8.0, 58.0, 42.0]",
                                        "caption en: a cat and a dog with a hole"),
                                "übung 猫 2.jpg",
                                List.of(
                                        "red car [5.0, 10.0, 70.0, 49.0]",
                                        "dog [60.0, 40.0, 78.0, 58.0] 0.5"
                                                + " {source=model, \"v1\"}",
                                        "caption en: two parts of one car – café 😀"),
                                // Stored 10,10 to 50,35 of 60×40, shown as the truth of the scene.
                                "rotated.jpg",
                                List.of("cat [5.0, 10.0, 30.0, 50.0]", "caption en: a tilted cat"),
                                "nothing.png",
                                List.of(),
                                "edge.png",
                                List.of(
                                        "t-shirt [0.0, 0.0, 12.0, 9.0]",
                                        "t-shirt [20.0, 20.0, 33.0, 31.0]",
                                        "cat [0.0, 25.0, 3.0, 31.0]",
                                        "caption en: line one\nline two")));
    }

    @Test
    void aByteOrderMarkIsAccepted() throws Exception {
        var with =
                imported(SAMPLE.resolve("objects-with-bom.csv"), ImportOptions.DEFAULT, List.of());
        var without = imported(SAMPLE.resolve("objects.csv"), ImportOptions.DEFAULT, List.of());
        assertThat(with).isEqualTo(without).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t"})
    void otherSeparatorsAndUtf16AreRecognised(String separator) throws Exception {
        String text =
                String.join(separator, "image", "label", "x1", "y1", "x2", "y2")
                        + "\n"
                        + String.join(separator, "edge.png", "a, b", "1", "2", "3.5", "4e0")
                        + "\n";
        var file =
                Files.writeString(
                        folder.resolve("t.csv"), "\uFEFF" + text, StandardCharsets.UTF_16LE);
        assertThat(imported(file, ImportOptions.DEFAULT.withImageFolder(SAMPLE), List.of()))
                .isEqualTo(Map.of("edge.png", List.of("a, b [1.0, 2.0, 3.5, 4.0]")));
    }

    @Test
    void rowsThatCannotBeTakenOverAreNamed() throws Exception {
        var file =
                Files.writeString(
                        folder.resolve("t.csv"),
                        """
                        filename,class,xmin,ymin,xmax,ymax,confidence,note
                        edge.png,cat,1,1,5,5,0.5,seen
                        edge.png,cat,5,1,1,5,,
                        edge.png,cat,"1,5",1,5,5,,
                        edge.png,cat,NaN,1,5,5,,
                        edge.png,,1,1,5,5,,
                        none.png,cat,1,1,5,5,,
                        ../edge.png,cat,1,1,5,5,,
                        edge.png,cat,1,1,500,5,7,
                        edge.png,cat,100,100,500,500,,
                        edge.png,cat,1,1,5
                        """);
        var findings = new ArrayList<String>();
        var images = imported(file, ImportOptions.DEFAULT.withImageFolder(SAMPLE), findings);
        assertThat(images)
                .isEqualTo(
                        Map.of(
                                "edge.png",
                                List.of(
                                        "cat [1.0, 1.0, 5.0, 5.0] 0.5 {note=seen}",
                                        "cat [1.0, 1.0, 33.0, 5.0]")));
        assertThat(findings)
                .containsExactly(
                        "t.csv, line 3: the corners of the box are out of order: left out",
                        "t.csv, line 4: \"1,5\" is no number with a decimal point",
                        "t.csv, line 5: \"NaN\" is no number with a decimal point",
                        "t.csv, line 6: the object has no usable label: \"\"",
                        "t.csv, line 7: there is no image none.png",
                        "t.csv, line 8: the image path leaves its folder: ../edge.png",
                        "t.csv, line 9: the score 7 is not one from 0 to 1",
                        "t.csv, line 9: the box reaches over the edge of the image and is clipped",
                        "t.csv, line 10: the box covers nothing of the image: left out",
                        "t.csv, line 11: the row has 5 cells, the first line 8",
                        "t.csv, line 11: \"\" is no number with a decimal point");
    }

    @Test
    void locationTokensOfATableBecomeBoxes() throws Exception {
        var file =
                Files.writeString(
                        folder.resolve("t.csv"),
                        "file_name,prefix,suffix\n"
                                + "edge.png,detect cat,<loc0000><loc0000><loc1023><loc1023> cat\n"
                                + "edge.png,detect cat,<loc0005><loc0000> cat\n");
        var findings = new ArrayList<String>();
        assertThat(imported(file, ImportOptions.DEFAULT.withImageFolder(SAMPLE), findings))
                .isEqualTo(Map.of("edge.png", List.of("cat [0.0, 0.0, 33.0, 31.0]")));
        assertThat(findings).hasSize(1).first().asString().startsWith("t.csv, line 3: ");
    }

    @Test
    void aQuoteThatIsNeverClosedIsRefusedWithItsLine() {
        var file = SAMPLE.resolveSibling("unclosed-quote.csv");
        assertThatThrownBy(() -> imported(file, ImportOptions.DEFAULT, new ArrayList<>()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("line 2: a quoted cell is never closed");
    }

    @Test
    void whatAnExportChangesIsSaid() throws Exception {
        var data = GeneratedDataset.make(3, folder.resolve("source"), Set.of());
        var list = new ArrayList<AnnotatedImage>();
        data.forEach(list::add);
        var image = list.getFirst();
        var size = image.image().size();
        var drawn = new Provenance.Drawn("ada", GeneratedDataset.NOW);
        var predicted =
                new Provenance.Predicted(
                        "model, \"v1\"",
                        "detect cat",
                        OptionalDouble.of(0.25),
                        GeneratedDataset.NOW);
        var triangle = new Polygon(List.of(new Point(1, 1), new Point(9, 1), new Point(1, 7.5)));
        var labelled =
                image.withAnnotations(
                        List.of(
                                ObjectAnnotation.of("none", new Box(-5, 2, 4, 6), drawn),
                                ObjectAnnotation.of("cat", new Box(900, 2, 999, 6), drawn),
                                ObjectAnnotation.of("cat", triangle, predicted),
                                TextAnnotation.of("caption en", "two\nlines, \"quoted\"", drawn)));
        var outcome =
                Exporter.export(
                        format(),
                        Dataset.of(LabelSet.EMPTY, List.of(labelled, list.get(1))),
                        folder.resolve("out"),
                        ExportOptions.DEFAULT.withSettings(Map.of("bom", "yes")),
                        Progress.NONE);
        assertThat(size.width()).isLessThan(900);
        assertThat(Files.readString(folder.resolve("out/objects.csv")))
                .isEqualTo(
                        "\uFEFFimage,label,x1,y1,x2,y2,score,source\r\n"
                                + "a.png,none,0.0,2.0,4.0,6.0,,human\r\n"
                                + "a.png,cat,1.0,1.0,9.0,7.5,0.25,\"model, \"\"v1\"\"\"\r\n");
        assertThat(Files.readString(folder.resolve("out/metadata.csv")))
                .isEqualTo(
                        "\uFEFFfile_name,prefix,suffix\r\n"
                                + "a.png,caption en,\"two\nlines, \"\"quoted\"\"\"\r\n"
                                + "übung 猫 2.png,,\r\n");
        assertThat(outcome.report().findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "none: pandas reads this label as an absent value unless told otherwise",
                        "a.png: the box of 'none' reaches over the edge and is clipped",
                        "a.png: the object 'cat' covers nothing of the image: left out");
        assertThat(outcome.preview().losses())
                .extracting(Object::toString)
                .contains("1 × outlines: become boxes");
    }

    @Test
    void noDamageStopsTheReader() throws Exception {
        byte[] objects = Files.readAllBytes(SAMPLE.resolve("objects.csv"));
        byte[] texts = Files.readAllBytes(SAMPLE.resolve("metadata.csv"));
        var random = new Random(5);
        int read = 0;
        var sink = new ForgetfulSink();
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = (i % 2 == 0 ? objects : texts).clone();
            for (int j = 0; j < 1 + random.nextInt(4); j++) {
                damaged[random.nextInt(damaged.length)] =
                        (byte) ",\"\n\r\t;0a\u0000\u00C3".charAt(random.nextInt(10));
            }
            var file = Files.write(folder.resolve("t.csv"), damaged);
            try {
                new CsvImporter(
                                new DatasetImport(
                                        file,
                                        ImportOptions.DEFAULT.withImageFolder(SAMPLE),
                                        sink,
                                        Progress.NONE))
                        .read();
                read++;
            } catch (ProblemException e) {
                assertThat(e.problem().oneLine()).isNotBlank();
            }
        }
        assertThat(read).isBetween(200, 1900);
    }

    private Map<String, List<String>> imported(
            Path source, ImportOptions options, List<String> findings) throws ProblemException {
        var sink = new CollectingSink();
        var data = new DatasetImport(source, options, sink, Progress.NONE);
        format().reader().orElseThrow().read(data);
        var said = data.findings().kept().stream().map(Finding::toString).toList();
        if (findings instanceof ArrayList<String> list) {
            list.addAll(said);
        } else {
            assertThat(said).isEqualTo(findings);
        }
        return Described.of(sink.data());
    }
}
