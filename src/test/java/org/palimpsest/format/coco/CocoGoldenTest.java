package org.palimpsest.format.coco;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.Orientation;

/// COCO files as pycocotools 2.0.11 reads them.
class CocoGoldenTest {
    private static final Path FOLDER = Imports.SAMPLES.resolve("coco");

    /// An object with its pixels; outlines are drawn here by another rule than pycocotools'.
    private record Seen(String label, boolean crowd, Mask mask) {}

    @ParameterizedTest
    @ValueSource(strings = {"instances_rle", "instances_rle_uncompressed"})
    void masksAreThoseOfPycocotools(String name) throws Exception {
        assertThat(read(name)).isEqualTo(expected(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"instances_polygon", "instances_inner_ring"})
    void outlinesAreThoseOfPycocotoolsButForTheirEdges(String name) throws Exception {
        var expected = expected(name);
        var read = read(name);
        assertThat(read.keySet()).isEqualTo(expected.keySet());
        for (var image : expected.keySet()) {
            assertThat(read.get(image)).hasSameSizeAs(expected.get(image));
            for (int i = 0; i < expected.get(image).size(); i++) {
                var one = expected.get(image).get(i);
                var other = read.get(image).get(i);
                assertThat(other.label()).isEqualTo(one.label());
                assertThat(other.crowd()).isEqualTo(one.crowd());
                assertThat(other.mask().iou(one.mask()))
                        .as(image + " " + one.label())
                        .isGreaterThan(0.95);
            }
        }
    }

    @Test
    void outlinesComeAsTheyStandThere() throws Exception {
        var read = Imports.read(new CocoFormat(), FOLDER.resolve("instances_polygon.json"));
        assertThat(read.images().get("übung 猫 2.jpg").objects().getFirst().region())
                .isEqualTo(
                        new MultiPolygon(
                                List.of(
                                        polygon(5, 10, 30, 10, 30, 40, 5, 40),
                                        polygon(40.5, 12.25, 70.5, 20.75, 45, 50))));
        // The turned picture: the file's pixels are the stored ones.
        assertThat(read.images().get("rotated.jpg").objects().getFirst().region())
                .isEqualTo(polygon(5, 10, 30, 12, 22, 50, 8, 44));
        assertThat(read.words())
                .containsExactly(
                        "instances_polygon.json: categories[0], id 3: categories have the key"
                                + " \"supercategory\", which is not kept");
        assertThat(read.data().labels().names())
                .containsExactly("cat", "dog", "red car", "t-shirt");
    }

    @Test
    void anInnerRingIsFilledAndSaid() throws Exception {
        var read = Imports.read(new CocoFormat(), FOLDER.resolve("instances_inner_ring.json"));
        assertThat(read.words())
                .contains(
                        "instances_inner_ring.json: annotations[1], id 2: an outline inside of"
                                + " another is no hole in COCO: it is filled");
    }

    private static Polygon polygon(double... values) {
        var points = new ArrayList<Point>();
        for (int i = 0; i < values.length; i += 2) {
            points.add(new Point(values[i], values[i + 1]));
        }
        return new Polygon(points);
    }

    private static Map<String, List<Seen>> read(String name) throws Exception {
        var images = Imports.read(new CocoFormat(), FOLDER.resolve(name + ".json")).images();
        var seen = new TreeMap<String, List<Seen>>();
        images.forEach((file, image) ->
                seen.put(
                        file,
                        image.objects().stream().map(object -> seen(object, image)).toList()));
        return seen;
    }

    private static Seen seen(ObjectAnnotation object, AnnotatedImage image) {
        return new Seen(
                object.label(),
                object.crowd(),
                Mask.fromRegion(object.region(), image.image().size()));
    }

    private static Map<String, List<Seen>> expected(String name) throws Exception {
        var images = new TreeMap<String, List<Seen>>();
        for (var image : Imports.json(FOLDER.resolve("expected.json")).get("files").get(name)) {
            var seen = new ArrayList<Seen>();
            boolean turned = image.get("file").textValue().equals("rotated.jpg");
            for (var object : image.get("objects")) {
                Mask mask = mask(object.get("rle"));
                seen.add(
                        new Seen(
                                object.get("label").textValue(),
                                object.get("iscrowd").intValue() == 1,
                                turned
                                        ? (Mask) Orientation.ofExif(6).shown(mask, mask.size())
                                        : mask));
            }
            images.put(image.get("file").textValue(), seen);
        }
        return images;
    }

    static Mask mask(JsonNode rle) {
        var size = new Size(rle.get("size").get(1).intValue(), rle.get("size").get(0).intValue());
        return Mask.fromCocoCompressed(size, rle.get("counts").textValue());
    }
}
