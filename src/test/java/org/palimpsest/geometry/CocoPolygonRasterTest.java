package org.palimpsest.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// Compares with pycocotools 2.0.11, whose results are in `coco-mask-cases.json`.
class CocoPolygonRasterTest {
    private static JsonNode cases(String kind) throws IOException {
        try (InputStream in =
                CocoPolygonRasterTest.class.getResourceAsStream("coco-mask-cases.json")) {
            var cases = new ObjectMapper().readTree(in).path(kind);
            assertThat(cases).isNotEmpty();
            return cases;
        }
    }

    @Test
    void polygonsCoverThePixelsThatPycocotoolsDraws() throws IOException {
        for (var item : cases("polygons")) {
            var mask =
                    CocoPolygonRaster.draw(
                            StreamSupport.stream(item.path("polygons").spliterator(), false)
                                    .map(CocoPolygonRasterTest::ring)
                                    .toList(),
                            size(item));
            assertThat(mask.cocoCompressed())
                    .as(item.toString())
                    .isEqualTo(item.at("/compressed/counts").textValue());
            assertThat(mask.pixelCount()).isEqualTo(item.path("area").longValue());
            assertThat(mask.bounds()).isEqualTo(box(item.path("bbox")));
        }
    }

    @Test
    void boxesCoverThePixelsThatPycocotoolsDraws() throws IOException {
        for (var item : cases("boxes_as_masks")) {
            assertThat(CocoPolygonRaster.draw(box(item.path("bbox")), size(item)).cocoCompressed())
                    .isEqualTo(item.at("/compressed/counts").textValue());
        }
    }

    @Test
    void runLengthsAreThoseOfPycocotools() throws IOException {
        for (var item : cases("encode")) {
            var size =
                    new Size(
                            item.at("/compressed/size/1").intValue(),
                            item.at("/compressed/size/0").intValue());
            var text = item.at("/compressed/counts").textValue();
            var mask = Mask.fromCocoCompressed(size, text);
            assertThat(mask.cocoCompressed()).isEqualTo(text);
            assertThat(mask.pixelCount()).isEqualTo(item.path("area").longValue());
            assertThat(mask.bounds()).isEqualTo(box(item.path("bbox")));
            var rows = item.path("rows");
            if (rows.isArray()) {
                assertThat(mask)
                        .isEqualTo(
                                Mask.of(
                                        size.width(),
                                        size.height(),
                                        (x, y) -> rows.get(y).textValue().charAt(x) == '#'));
            }
            var counts = item.at("/uncompressed/counts");
            if (counts.isArray()) {
                assertThat(mask.cocoRunLengths())
                        .isEqualTo(
                                StreamSupport.stream(counts.spliterator(), false)
                                        .mapToInt(JsonNode::intValue)
                                        .toArray());
            }
        }
    }

    @Test
    void unionsAndIntersectionsAreThoseOfPycocotools() throws IOException {
        for (var item : cases("mask_iou")) {
            var masks = new ArrayList<Mask>();
            for (var node : item.path("dt")) {
                masks.add(
                        Mask.fromCocoCompressed(
                                new Size(node.at("/size/1").asInt(), node.at("/size/0").asInt()),
                                node.path("counts").textValue()));
            }
            assertThat(masks.stream().reduce(Mask::union).orElseThrow().cocoCompressed())
                    .isEqualTo(item.path("union").textValue());
            assertThat(masks.stream().reduce(Mask::intersection).orElseThrow().cocoCompressed())
                    .isEqualTo(item.path("intersection").textValue());
        }
    }

    @Test
    void whatLiesOutsideIsCutAndNoRingIsNoPixel() {
        var size = new Size(4, 3);
        assertThat(CocoPolygonRaster.draw(new Box(-5, -5, 50, 50), size).pixelCount())
                .isEqualTo(12);
        assertThat(CocoPolygonRaster.draw(List.of(), size)).isEqualTo(Mask.empty(size));
        assertThat(CocoPolygonRaster.draw(new Box(0, 0, 1, 1), new Size(0, 5)))
                .isEqualTo(Mask.empty(new Size(0, 5)));
    }

    @Test
    void endlessPolygonsAreRefused() {
        var size = new Size(4, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CocoPolygonRaster.draw(new Box(0, 0, 1e300, 1), size));
        var zigzag = new ArrayList<Point>();
        for (var x : Collections.nCopies(100, 9e5)) {
            zigzag.add(new Point(-x, 0));
            zigzag.add(new Point(x, 1));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CocoPolygonRaster.draw(List.of(zigzag), size))
                .withMessageContaining("too long");
    }

    private static Size size(JsonNode item) {
        return new Size(item.path("width").intValue(), item.path("height").intValue());
    }

    private static Box box(JsonNode values) {
        double x = values.get(0).doubleValue();
        double y = values.get(1).doubleValue();
        return new Box(x, y, x + values.get(2).doubleValue(), y + values.get(3).doubleValue());
    }

    private static List<Point> ring(JsonNode values) {
        return IntStream.range(0, values.size() / 2)
                .mapToObj(i ->
                        new Point(
                                values.get(2 * i).doubleValue(),
                                values.get(2 * i + 1).doubleValue()))
                .toList();
    }
}
