package org.palimpsest.format.yolo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
import org.palimpsest.format.ImagesMode;
import org.palimpsest.format.ImportProbe;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Region;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

class YoloDetectFormatTest extends FormatContract {
    private static final Path SAMPLES = ImportProbe.RESOURCES.resolve("yolo");

    @Override
    protected DatasetFormat format() {
        return new YoloDetectFormat();
    }

    @Override
    protected Path importSource(Path exported) {
        return exported;
    }

    @Override
    protected boolean same(Region expected, Region actual) {
        return near((Box) expected, (Box) actual, 1e-6);
    }

    private static boolean near(Box a, Box b, double tolerance) {
        return Math.abs(a.xMin() - b.xMin()) < tolerance
                && Math.abs(a.yMin() - b.yMin()) < tolerance
                && Math.abs(a.xMax() - b.xMax()) < tolerance
                && Math.abs(a.yMax() - b.yMax()) < tolerance;
    }

    @Test
    void readsWhatTheIndependentReaderReads() throws Exception {
        var sample = SAMPLES.resolve("detect");
        var result = ImportProbe.read(format(), sample);
        assertThat(result.findings()).isEmpty();
        assertThat(result.data().labels().names())
                .containsExactly("cat", "dog", "red car", "t-shirt");
        var images = ImportProbe.expected(sample).get("images");
        assertThat(result.data().imageCount()).isEqualTo(images.size());
        for (var expected : images) {
            Path file = Path.of(expected.get("file").asText());
            var image = result.image(file.getFileName().toString());
            assertThat(image.details().split())
                    .isEqualTo(
                            expected.get("split").asText().equals("train")
                                    ? Split.TRAIN
                                    : Split.VALIDATION);
            var size = image.image().size();
            assertThat(List.of(size.width(), size.height()))
                    .isEqualTo(
                            List.of(
                                    expected.at("/size_seen/0").asInt(),
                                    expected.at("/size_seen/1").asInt()));
            assertThat(image.objects()).hasSameSizeAs(expected.get("objects"));
            for (int i = 0; i < image.objects().size(); i++) {
                var object = expected.get("objects").get(i);
                var box = image.objects().get(i).region().bounds();
                assertThat(image.objects().get(i).label()).isEqualTo(object.get("label").asText());
                var numbers = object.get("cxcywh_normalised");
                assertThat(box.center().x() / size.width())
                        .isCloseTo(numbers.get(0).asDouble(), within(1e-6));
                assertThat(box.center().y() / size.height())
                        .isCloseTo(numbers.get(1).asDouble(), within(1e-6));
                assertThat(box.width() / size.width())
                        .isCloseTo(numbers.get(2).asDouble(), within(2e-6));
                assertThat(box.height() / size.height())
                        .isCloseTo(numbers.get(3).asDouble(), within(2e-6));
            }
        }
    }

    @Test
    void everyBadLineIsNamedAndTheRestGoesOn() throws Exception {
        var result = ImportProbe.read(format(), SAMPLES.resolve("43-yolo-bad-lines"));
        assertThat(result.words())
                .containsExactly(
                        "labels/train/a.txt line 1: class 7 has no name",
                        "labels/train/a.txt line 2: not between 0 and 1: 1.5",
                        "labels/train/a.txt line 3: not between 0 and 1: -0.5",
                        "labels/train/a.txt line 4: not a number: a",
                        "labels/train/a.txt line 5: 6 columns are neither a box (5) nor an outline"
                                + " (7, 9, 11, …)",
                        "labels/train/a.txt line 6: not a number: nan");
        assertThat(result.objects("a.png"))
                .extracting(ObjectAnnotation::label)
                .containsExactly("category 7");
    }

    @Test
    void boxesAndOutlinesInOneFileAreBothRead() throws Exception {
        var result = ImportProbe.read(format(), SAMPLES.resolve("44-yolo-mixed"));
        assertThat(result.words())
                .containsExactly(
                        "labels/train/a.txt: boxes and outlines are mixed; ultralytics takes all"
                                + " for outlines");
        assertThat(result.objects("a.png")).hasSize(2);
    }

    @Test
    void nothingIsBuiltFromTags() {
        assertThatThrownBy(() -> ImportProbe.read(format(), SAMPLES.resolve("45-yolo-yaml-code")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the value of names is a tag");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "names: [cat, 'it''s', \"a: \\\"b\\\" \\u732b\"]",
                "names: {0: cat, 1: 'it''s', 2: \"a: \\\"b\\\" \\u732b\"}",
                "names:\n- cat\n- 'it''s' # a comment\n- \"a: \\\"b\\\" \\u732b\"",
                "names:\r\n    0: cat\r\n\r\n    1: it's\r\n    2: \"a: \\\"b\\\" 猫\"",
                "names: [\n  cat,\n  'it''s',\n  \"a: \\\"b\\\" \\u732b\",\n]",
                "\uFEFFroboflow:\n  names: no\nnames: ['cat', it's, \"a: \\\"b\\\" 猫\"]",
            })
    void namesAreReadInEveryFormThatOccurs(String names) throws Exception {
        Path file =
                Files.writeString(folder.resolve("data.yaml"), names + "\nval: ../valid/images\n");
        var read = DataYaml.read(file);
        assertThat(read.names().values()).containsExactly("cat", "it's", "a: \"b\" 猫");
        assertThat(read.splits())
                .isEqualTo(java.util.Map.of(Split.VALIDATION, List.of("../valid/images")));
    }

    @Test
    void aFolderWithoutDescriptionIsReadByWhatLiesInIt() throws Exception {
        copy(SAMPLES.resolve("44-yolo-mixed"), folder.resolve("plain"));
        Files.delete(folder.resolve("plain/data.yaml"));
        Files.writeString(folder.resolve("plain/classes.txt"), "cow\n");
        var result = ImportProbe.read(format(), folder.resolve("plain"));
        assertThat(result.objects("a.png"))
                .extracting(ObjectAnnotation::label)
                .containsExactly("cow", "cow");
    }

    @Test
    void pathsLeadNowhereElse() throws Exception {
        Files.writeString(
                folder.resolve("data.yaml"),
                "path: /etc\ntrain: [../../etc, /etc, C:\\x, list.txt]\nnames: [cat]\n");
        Files.writeString(folder.resolve("list.txt"), "/etc/hostname\n../x.png\n./none.png\n");
        assertThat(ImportProbe.read(format(), folder).words())
                .containsExactly(
                        "data.yaml: the folder /etc is not here; the file's own is taken",
                        "data.yaml: there is no folder or list ../../etc",
                        "data.yaml: the image path is not relative: /etc",
                        "data.yaml: the image path is not relative: C:/x",
                        "list.txt: the image path is not relative: /etc/hostname",
                        "list.txt: the image path leaves its folder: ../x.png",
                        "list.txt: there is no image none.png");
    }

    @Test
    void anEmptySplitBecomesTheOther() throws Exception {
        var data = GeneratedDataset.make(3, folder.resolve("source"), Set.of(Content.BOXES));
        var exported =
                Exporter.export(
                        format(),
                        data,
                        folder.resolve("out"),
                        ExportOptions.DEFAULT,
                        Progress.NONE);
        assertThat(exported.report().findings().toString())
                .contains("the split val is empty")
                .contains(data.imageCount() + " images of no split are in train");
        assertThat(Files.readString(folder.resolve("out/data.yaml")))
                .startsWith(
                        "path: .\ntrain: images/train\nval: images/train\nnames:\n  0: \"cat\"\n");
    }

    @Test
    void whatReachesOverTheEdgeIsCutAndWhatIsEmptyIsLeftOut() throws Exception {
        var data = GeneratedDataset.make(3, folder.resolve("source"), Set.of(Content.BOXES));
        AnnotatedImage[] first = {null};
        data.forEach(image -> first[0] = first[0] == null ? image : first[0]);
        var size = first[0].image().size();
        var image =
                first[0].withAnnotations(
                        List.of(
                                ObjectAnnotation.of(
                                        "cat",
                                        new Box(-5, -5, 10, 10),
                                        first[0].annotations().getFirst().provenance()),
                                ObjectAnnotation.of(
                                        "cat",
                                        new Box(3, 3, 3, 9),
                                        first[0].annotations().getFirst().provenance()),
                                ObjectAnnotation.of(
                                        "cat",
                                        new Box(0, 0, 10, 10),
                                        first[0].annotations().getFirst().provenance())));
        var exported =
                Exporter.export(
                        format(),
                        Dataset.of(data.labels(), List.of(image)),
                        folder.resolve("out"),
                        ExportOptions.DEFAULT,
                        Progress.NONE);
        assertThat(exported.report().findings())
                .extracting(finding -> finding.message())
                .contains(
                        "the box reaches over the edge of the image and is cut: -5,-5 10,10",
                        "the box is empty or outside of the image: 3,3 3,9",
                        "an object is there twice; ultralytics drops one");
        var back = read(folder.resolve("out"));
        back.forEach(one ->
                assertThat(one.objects())
                        .allMatch(
                                object -> near((Box) object.region(), new Box(0, 0, 10, 10), 1e-6))
                        .hasSize(2));
        assertThat(size.width()).isPositive();
    }

    @Test
    void theImagesMustBeInTheExport() throws Exception {
        var data = GeneratedDataset.make(3, folder.resolve("source"), EnumSet.of(Content.BOXES));
        assertThatThrownBy(() ->
                        Exporter.export(
                                format(),
                                data,
                                folder.resolve("out"),
                                ExportOptions.DEFAULT.withImages(ImagesMode.REFER),
                                Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("needs the images in the export");
    }

    @Test
    void noChangeToAFileStopsTheReader() throws Exception {
        copy(SAMPLES.resolve("44-yolo-mixed"), folder.resolve("copy"));
        Path copy = folder.resolve("copy");
        ImportProbe.importDamaged(format(), copy, copy.resolve("data.yaml"), 1500);
        ImportProbe.importDamaged(format(), copy, copy.resolve("labels/train/a.txt"), 1500);
    }

    static void copy(Path from, Path to) throws Exception {
        try (var all = Files.walk(from)) {
            for (var file : all.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
