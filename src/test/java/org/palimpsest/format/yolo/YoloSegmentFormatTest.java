package org.palimpsest.format.yolo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
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
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.job.Progress;

class YoloSegmentFormatTest extends FormatContract {
    private static final Path SAMPLE = ImportProbe.RESOURCES.resolve("yolo/segment");

    @Override
    protected DatasetFormat format() {
        return new YoloSegmentFormat();
    }

    @Override
    protected Path importSource(Path exported) {
        return exported.resolve("data.yaml");
    }

    @Override
    protected boolean same(Region expected, Region actual) {
        var a = ((Polygon) expected).exterior();
        var b = ((Polygon) actual).exterior();
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (Math.hypot(a.get(i).x() - b.get(i).x(), a.get(i).y() - b.get(i).y()) > 1e-6) {
                return false;
            }
        }
        return true;
    }

    @Test
    void readsWhatTheIndependentReaderReads() throws Exception {
        var result = ImportProbe.read(format(), SAMPLE);
        assertThat(result.findings()).isEmpty();
        for (var expected : ImportProbe.expected(SAMPLE).get("images")) {
            Path file = Path.of(expected.get("file").asText());
            var image = result.image(file.getFileName().toString());
            assertThat(image.objects()).hasSameSizeAs(expected.get("objects"));
            for (int i = 0; i < image.objects().size(); i++) {
                var object = expected.get("objects").get(i);
                assertThat(image.objects().get(i).label()).isEqualTo(object.get("label").asText());
                var polygon = (Polygon) image.objects().get(i).region();
                assertThat(polygon.exterior()).hasSameSizeAs(object.get("polygon_pixels"));
                for (int k = 0; k < polygon.exterior().size(); k++) {
                    var point = object.get("polygon_pixels").get(k);
                    // The file has six places, the reader rounded to hundredths.
                    assertThat(polygon.exterior().get(k).x())
                            .isCloseTo(point.get(0).asDouble(), within(1e-4));
                    assertThat(polygon.exterior().get(k).y())
                            .isCloseTo(point.get(1).asDouble(), within(1e-4));
                }
                var mask = Mask.fromRegion(polygon, image.image().size());
                // pycocotools draws the edge by another rule.
                assertThat(mask.iou(ImportProbe.mask(object.get("rle")))).isGreaterThan(0.93);
            }
        }
    }

    @Test
    void masksBecomeAnOutlineForEachPart() throws Exception {
        var data = GeneratedDataset.make(5, folder.resolve("source"), Set.of(Content.MASKS));
        Exporter.export(
                format(), data, folder.resolve("out"), ExportOptions.DEFAULT, Progress.NONE);
        var back = ImportProbe.read(format(), folder.resolve("out"));
        data.forEach(image -> {
            var name = image.image().file().getFileName().toString();
            var union =
                    back.objects(name).stream()
                            .map(ObjectAnnotation::region)
                            .map(region -> Mask.fromRegion(region, image.image().size()))
                            .reduce(Mask.empty(image.image().size()), Mask::union);
            var filled =
                    image.objects().stream()
                            .flatMap(object ->
                                    ((Mask) object.region()).outline().polygons().stream())
                            .map(part -> new Polygon(part.exterior()))
                            .map(part -> Mask.fromRegion(part, image.image().size()))
                            .reduce(Mask.empty(image.image().size()), Mask::union);
            assertThat(union).isEqualTo(filled);
        });
    }

    @Test
    void noLineIsABox() throws Exception {
        var contents = Set.of(Content.BOXES, Content.MASKS, Content.POLYGONS, Content.HOLES);
        var data = GeneratedDataset.make(6, folder.resolve("source"), contents);
        Exporter.export(
                format(), data, folder.resolve("out"), ExportOptions.DEFAULT, Progress.NONE);
        try (var files = Files.walk(folder.resolve("out/labels"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readAllLines(file)).allMatch(line -> line.split(" ").length >= 7);
            }
        }
    }
}
