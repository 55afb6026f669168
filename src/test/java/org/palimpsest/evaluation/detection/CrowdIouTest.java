package org.palimpsest.evaluation.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;

/// Compares with pycocotools 2.0.11.
class CrowdIouTest {
    private interface Overlap {
        double of(JsonNode detection, JsonNode truth, boolean crowd);
    }

    @Test
    void overlapsOfMasksAreThoseOfPycocotools() throws IOException {
        compare("mask_iou", (d, t, crowd) -> CrowdIou.masks(mask(d), mask(t), crowd));
    }

    @Test
    void overlapsOfBoxesAreThoseOfPycocotools() throws IOException {
        compare(
                "box_iou",
                (d, t, crowd) -> CrowdIou.boxes(CocoFiles.box(d), CocoFiles.box(t), crowd));
    }

    private static void compare(String kind, Overlap overlap) throws IOException {
        JsonNode cases;
        try (InputStream in =
                CrowdIouTest.class.getResourceAsStream(
                        "/org/palimpsest/geometry/coco-mask-cases.json")) {
            cases = new ObjectMapper().readTree(in).path(kind);
        }
        int compared = 0;
        for (var item : cases) {
            for (int d = 0; d < item.path("dt").size(); d++) {
                for (int t = 0; t < item.path("gt").size(); t++) {
                    boolean crowd = item.path("iscrowd").get(t).intValue() == 1;
                    assertThat(overlap.of(item.path("dt").get(d), item.path("gt").get(t), crowd))
                            .isCloseTo(item.path("iou").get(d).get(t).doubleValue(), within(1e-12));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(40);
    }

    private static Mask mask(JsonNode node) {
        var size = new Size(node.at("/size/1").intValue(), node.at("/size/0").intValue());
        return Mask.fromCocoCompressed(size, node.path("counts").textValue());
    }

    /// The difference of the corners is not 4.3.
    @Test
    void aBoxWithDecimalsOverlapsItsHalfByHalf() {
        var whole = new Box(30.1, 0, 30.1 + 4.3, 10);
        var half = new Box(30.1, 0, 30.1 + 2.15, 10);
        assertThat(whole.width()).isNotEqualTo(4.3);
        assertThat(CrowdIou.boxArea(whole)).isEqualTo(4.3 * 10);
        assertThat(CrowdIou.boxArea(half)).isEqualTo(2.15 * 10);
        assertThat(CrowdIou.boxArea(new Box(0, 0, 1.0 / 3, 1))).isEqualTo(1.0 / 3);
    }
}
