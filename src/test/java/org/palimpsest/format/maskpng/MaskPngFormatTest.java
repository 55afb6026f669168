package org.palimpsest.format.maskpng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.FormatContract;
import org.palimpsest.format.GeneratedDataset;
import org.palimpsest.format.ImportProbe;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.SampleImage;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

class MaskPngFormatTest extends FormatContract {
    private static final Path VOC = ImportProbe.RESOURCES.resolve("voc/sample");

    @Override
    protected DatasetFormat format() {
        return new MaskPngFormat();
    }

    @Override
    protected Path importSource(Path exported) {
        return exported;
    }

    /// VOC's maps of classes are of this kind; Pillow is the independent reader there.
    @Test
    void mapsOfClassesAreReadAsPillowReadsThem() throws Exception {
        Path source = Files.createDirectories(folder.resolve("voc"));
        copy(VOC.resolve("SegmentationClass"), source.resolve("masks"));
        copy(VOC.resolve("JPEGImages"), source.resolve("images"));
        Files.writeString(
                source.resolve("classes.txt"), "background\ncat\ndog\nred car\nt-shirt\n");
        var result = ImportProbe.read(format(), source);
        assertThat(result.findings()).isEmpty();
        for (var expected : ImportProbe.expected(VOC).get("images")) {
            var byLabel = new java.util.TreeMap<String, Mask>();
            for (var object : expected.path("segmentation_objects")) {
                byLabel.merge(
                        object.get("label").asText(),
                        ImportProbe.mask(object.get("rle")),
                        Mask::union);
            }
            var image = result.image(expected.get("file").asText());
            if (image.image().file().endsWith("rotated.jpg")) {
                assertThat(image.objects())
                        .extracting(one -> one.region().area())
                        .containsExactly(711.0);
                assertThat(image.objects().getFirst().region().bounds())
                        .isEqualTo(new Box(5, 10, 30, 50));
                continue;
            }
            var read = new java.util.TreeMap<String, Mask>();
            image.objects().forEach(one -> read.put(one.label(), (Mask) one.region()));
            assertThat(read).isEqualTo(byLabel);
        }
    }

    /// And its maps of objects, cut into a file for each.
    @Test
    void palettesOfTwoColoursAndSoftEdgesAreMasks() throws Exception {
        copy(VOC.resolve("JPEGImages"), folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks/cat"));
        var size = new Size(33, 31);
        try (var out = Files.newOutputStream(folder.resolve("masks/cat/edge.png"))) {
            SampleImage.writeIndexed(size, (x, y) -> x < 3 ? 1 : 0, new int[] {0, 0xFF0000}, out);
        }
        try (var out = Files.newOutputStream(folder.resolve("masks/cat/edge-1.png"))) {
            SampleImage.writeGrey(size, (x, y) -> x < 3 ? 250 : x < 5 ? 100 : 0, out);
        }
        try (var out = Files.newOutputStream(folder.resolve("masks/cat/edge-2.png"))) {
            SampleImage.writeGrey(size, (x, y) -> 0, out);
        }
        try (var out = Files.newOutputStream(folder.resolve("masks/cat/nothing.png"))) {
            SampleImage.writeGrey(size, (x, y) -> 1, out);
        }
        Files.writeString(folder.resolve("masks/cat/none.png"), "no PNG");
        Files.writeString(folder.resolve("masks/cat/edge-3.png"), "no PNG");
        var result = ImportProbe.read(format(), folder);
        var expected = Mask.of(33, 31, (x, y) -> x < 3);
        assertThat(result.objects("edge.png"))
                .extracting(ObjectAnnotation::region)
                .containsExactly(expected, expected);
        assertThat(result.words())
                .containsExactly(
                        "masks/cat/edge-2.png: the mask has no pixel",
                        "masks/cat/edge-3.png: the mask cannot be read: this is no PNG",
                        "masks/cat/nothing.png: the mask is 33x31, the image 50x50",
                        "masks/cat/none.png: there is no image for this mask");
    }

    @Test
    void aMapHasTheUppermostObjectAndOneForEachLabel() throws Exception {
        var data = GeneratedDataset.make(4, folder.resolve("source"), Set.of(Content.BOXES));
        var images = new ArrayList<AnnotatedImage>();
        data.forEach(images::add);
        var drawn = new Provenance.Drawn("ada", GeneratedDataset.NOW);
        var objects =
                List.of(
                        ObjectAnnotation.of("cat", new Box(0, 0, 4, 4), drawn),
                        ObjectAnnotation.of("t-shirt", new Box(2, 2, 6, 6), drawn),
                        ObjectAnnotation.of("cat", new Box(8, 8, 9, 9), drawn));
        var exported =
                Exporter.export(
                        format(),
                        Dataset.of(
                                data.labels(), List.of(images.getFirst().withAnnotations(objects))),
                        folder.resolve("out"),
                        ExportOptions.DEFAULT.withSettings(Map.of("layout", "index")),
                        Progress.NONE);
        assertThat(exported.report().findings().toString())
                .contains("objects overlap")
                .contains("1 objects become one with another of their label");
        assertThat(Files.readAllLines(folder.resolve("out/classes.txt")))
                .containsExactly("background", "cat", "small dog", "Übung 猫", "t-shirt");
        var size = images.getFirst().image().size();
        var back = ImportProbe.read(format(), folder.resolve("out"));
        assertThat(back.objects("a.png"))
                .extracting(ObjectAnnotation::label)
                .containsExactly("cat", "t-shirt");
        assertThat(back.objects("a.png").get(0).region())
                .isEqualTo(
                        Mask.of(
                                size.width(),
                                size.height(),
                                (x, y) ->
                                        x < 4 && y < 4 && !(x >= 2 && y >= 2) || x == 8 && y == 8));
        assertThat(back.objects("a.png").get(1).region())
                .isEqualTo(Mask.fromRegion(new Box(2, 2, 6, 6), size));
    }

    @Test
    void aMapHoldsNoMoreLabelsThanItHasNumbers() throws Exception {
        var names = new ArrayList<String>();
        for (int i = 0; i < 256; i++) {
            names.add("label " + i);
        }
        assertThatThrownBy(() ->
                        Exporter.export(
                                format(),
                                Dataset.of(LabelSet.ofNames(names), List.of()),
                                folder.resolve("out"),
                                ExportOptions.DEFAULT.withSettings(Map.of("layout", "index")),
                                Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("256 labels, at most 255");
    }

    @Test
    void foldersOfLabelsArePossibleEverywhereAndComeBack() throws Exception {
        var labels = List.of("a/b", "a\\b", "A_b", "..", "con", "Über", "COM1", "x.", "x ?");
        assertThat(FolderNames.of(labels).values())
                .containsExactly(
                        "a_b", "a_b-2", "A_b-3", "_", "_con", "Über", "_COM1", "x_", "x _");
        var data = GeneratedDataset.make(4, folder.resolve("source"), Set.of(Content.BOXES));
        var images = new ArrayList<AnnotatedImage>();
        data.forEach(images::add);
        var drawn = new Provenance.Drawn("ada", GeneratedDataset.NOW);
        var objects =
                labels.stream()
                        .map(label -> ObjectAnnotation.of(label, new Box(0, 0, 4, 4), drawn))
                        .toList();
        Exporter.export(
                format(),
                Dataset.of(LabelSet.EMPTY, List.of(images.getFirst().withAnnotations(objects))),
                folder.resolve("out"),
                ExportOptions.DEFAULT,
                Progress.NONE);
        assertThat(ImportProbe.read(format(), folder.resolve("out")).objects("a.png"))
                .extracting(ObjectAnnotation::label)
                .isEqualTo(labels);
    }

    @Test
    void aMapOfUnknownClassesGetsNames() throws Exception {
        copy(VOC.resolve("JPEGImages"), folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        try (var out = Files.newOutputStream(folder.resolve("masks/edge.png"))) {
            SampleImage.writeGrey(new Size(33, 31), (x, y) -> x < 3 ? 7 : x < 5 ? 255 : 0, out);
        }
        var result = ImportProbe.read(format(), folder);
        assertThat(result.words()).containsExactly("masks/edge.png: class 7 has no name");
        assertThat(result.objects("edge.png"))
                .extracting(ObjectAnnotation::label)
                .containsExactly("category 7");
    }

    @Test
    void noChangeToAFileStopsTheReader() throws Exception {
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks/cat"));
        Files.copy(VOC.resolve("JPEGImages/edge.png"), folder.resolve("images/edge.png"));
        var size = new Size(33, 31);
        Path mask = folder.resolve("masks/cat/edge-1.png");
        try (var out = Files.newOutputStream(mask)) {
            SampleImage.writeGrey(size, (x, y) -> x * y % 7 < 3 ? 255 : 0, out);
        }
        Path classes =
                Files.writeString(
                        folder.resolve("classes.json"),
                        "[{\"id\":1,\"name\":\"cat\",\"color\":\"#ff0000\",\"folder\":\"cat\"}]");
        ImportProbe.importDamaged(format(), folder, mask, 1500);
        ImportProbe.importDamaged(format(), folder, classes, 800);
        Path map =
                Files.copy(
                        VOC.resolve("SegmentationClass/edge.png"),
                        folder.resolve("masks/edge.png"));
        ImportProbe.importDamaged(format(), folder, map, 1000);
    }

    private static void copy(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        try (var all = Files.list(from)) {
            for (var file : all.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }
}
