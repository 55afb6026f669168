package org.palimpsest.format.coco;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.Split;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Size;

class CocoWriterTest {
    private static final Size SIZE = new Size(10, 8);

    @TempDir Path folder;

    /// One object of each kind.
    private Dataset kinds() throws Exception {
        var holed =
                new Polygon(
                        Scenes.ring(1, 1, 5, 1, 5, 5, 1, 5),
                        List.of(Scenes.ring(2, 2, 4, 2, 4, 4, 2, 4)));
        var parts =
                new MultiPolygon(
                        List.of(
                                Scenes.polygon(0, 0, 2, 0, 2, 2.5, 0, 2.5),
                                Scenes.polygon(4, 0, 6, 0, 6, 2, 4, 2)));
        return Scenes.of(
                Scenes.image(
                        folder.resolve("source"),
                        "a.png",
                        SIZE,
                        Split.UNASSIGNED,
                        List.of(
                                Scenes.object("cat", new Box(2, 1, 6, 4)),
                                Scenes.object("dog", Scenes.polygon(2, 1, 6, 1, 6, 4, 2, 4))
                                        .withAttributes(Map.of("occluded", "true")),
                                Scenes.object("cat", parts),
                                Scenes.object("cat", holed),
                                Scenes.object("cat", Mask.fromRegion(new Box(2, 1, 6, 4), SIZE)),
                                Scenes.object("dog", Mask.fromRegion(new Box(2, 1, 6, 4), SIZE))
                                        .withCrowd(true))));
    }

    @Test
    void anExportIsAsCocoHasIt() throws Exception {
        var findings = Scenes.export(new CocoFormat(), kinds(), folder.resolve("out"), Map.of());
        // The strings and run lengths are pycocotools'.
        assertThat(Files.readString(folder.resolve("out/annotations/instances.json")))
                .isEqualTo(
                        "{\"info\":{\"description\":\"Palimpsest export\"},\"licenses\":[],\"images\":["
                                + "{\"id\":1,\"file_name\":\"a.png\",\"width\":10,\"height\":8}],"
                                + "\"annotations\":["
                                + "{\"id\":1,\"image_id\":1,\"category_id\":1,\"bbox\":[2.0,1.0,4.0,3.0],"
                                + "\"area\":12.0,\"segmentation\":[],\"iscrowd\":0},"
                                + "{\"id\":2,\"image_id\":1,\"category_id\":2,\"bbox\":[2.0,1.0,4.0,3.0],"
                                + "\"area\":12.0,\"segmentation\":[[2,1,6,1,6,4,2,4]],\"iscrowd\":0,"
                                + "\"attributes\":{\"occluded\":\"true\"}},"
                                + "{\"id\":3,\"image_id\":1,\"category_id\":1,\"bbox\":[0.0,0.0,6.0,2.5],"
                                + "\"area\":9.0,\"segmentation\":"
                                + "[[0,0,2,0,2,2.5,0,2.5],[4,0,6,0,6,2,4,2]],\"iscrowd\":0},"
                                + "{\"id\":4,\"image_id\":1,\"category_id\":1,\"bbox\":[1.0,1.0,4.0,4.0],"
                                + "\"area\":12.0,\"segmentation\":{\"size\":[8,10],"
                                + "\"counts\":\"944MN020N023W1\"},\"iscrowd\":0},"
                                + "{\"id\":5,\"image_id\":1,\"category_id\":1,\"bbox\":[2.0,1.0,4.0,3.0],"
                                + "\"area\":12.0,\"segmentation\":{\"size\":[8,10],"
                                + "\"counts\":\"a03500000o0\"},\"iscrowd\":0},"
                                + "{\"id\":6,\"image_id\":1,\"category_id\":2,\"bbox\":[2.0,1.0,4.0,3.0],"
                                + "\"area\":12.0,\"segmentation\":{\"size\":[8,10],"
                                + "\"counts\":[17,3,5,3,5,3,5,3,36]},\"iscrowd\":1}],"
                                + "\"categories\":[{\"id\":1,\"name\":\"cat\",\"supercategory\":\"\"},"
                                + "{\"id\":2,\"name\":\"dog\",\"supercategory\":\"\"}]}");
        assertThat(folder.resolve("out/images/a.png")).exists();
        assertThat(findings)
                .containsExactly(
                        "boxes: 1 objects are plain boxes: their segmentation is empty, and"
                                + " evaluation by masks stops at them");
    }

    @Test
    void everythingMayBecomeOutlines() throws Exception {
        var findings =
                Scenes.export(
                        new CocoFormat(),
                        kinds(),
                        folder.resolve("out"),
                        Map.of("segmentation", "polygon"));
        assertThat(segmentations())
                .containsExactly(
                        "[]",
                        "[[2,1,6,1,6,4,2,4]]",
                        "[[0,0,2,0,2,2.5,0,2.5],[4,0,6,0,6,2,4,2]]",
                        "[[1,1,5,1,5,5,1,5]]",
                        "[[2,1,6,1,6,4,2,4]]",
                        "[[2,1,6,1,6,4,2,4]]");
        assertThat(findings).contains("a.png: cat: holes are filled");
    }

    @Test
    void everythingMayBecomeRunLengths() throws Exception {
        Scenes.export(
                new CocoFormat(), kinds(), folder.resolve("out"), Map.of("segmentation", "rle"));
        assertThat(segmentations().subList(0, 2))
                .containsExactly("[]", "{\"size\":[8,10],\"counts\":\"a03500000o0\"}");
        assertThat(segmentations()).filteredOn(one -> one.startsWith("{")).hasSize(5);
    }

    private List<String> segmentations() throws Exception {
        return Imports.json(folder.resolve("out/annotations/instances.json"))
                .get("annotations")
                .findValues("segmentation")
                .stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void eachSplitHasAFileAndIdsRunThroughAll() throws Exception {
        var source = folder.resolve("source");
        var box = Scenes.object("cat", new Box(2, 1, 6, 4));
        var box2 = Scenes.object("cat", new Box(2, 1, 6, 4));
        var box3 = Scenes.object("cat", new Box(2, 1, 6, 4));
        var findings =
                Scenes.export(
                        new CocoFormat(),
                        Scenes.of(
                                Scenes.image(source, "a.png", SIZE, Split.TEST, List.of(box)),
                                Scenes.image(source, "b.png", SIZE, Split.TRAIN, List.of(box2)),
                                Scenes.image(
                                        source, "c.png", SIZE, Split.UNASSIGNED, List.of(box3))),
                        folder.resolve("out"),
                        Map.of());
        var annotations = folder.resolve("out/annotations");
        try (var files = Files.list(annotations)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("instances_train.json", "instances_test.json");
        }
        assertThat(Imports.json(annotations.resolve("instances_train.json")).findValues("image_id"))
                .hasToString("[2, 3]");
        assertThat(Imports.json(annotations.resolve("instances_test.json")).findValues("id"))
                .hasToString("[1, 1, 1]");
        assertThat(findings).contains("splits: 1 images without a split count as train");
    }

    @Test
    void whatIsOutsideOfTheImageIsCutOrLeftOut() throws Exception {
        var findings =
                Scenes.export(
                        new CocoFormat(),
                        Scenes.of(
                                Scenes.image(
                                        folder.resolve("source"),
                                        "a.png",
                                        SIZE,
                                        Split.UNASSIGNED,
                                        List.of(
                                                Scenes.object("cat", new Box(-2, -1, 6, 4)),
                                                Scenes.object("dog", new Box(20, 1, 26, 4)),
                                                Scenes.object("dog", new Box(2, 2, 2, 2)),
                                                Scenes.object("pig", Mask.empty(SIZE)),
                                                Scenes.object(
                                                        "owl",
                                                        Scenes.polygon(
                                                                8, 6, 12, 6, 12, 10, 8, 10))))),
                        folder.resolve("out"),
                        Map.of());
        var json = Imports.json(folder.resolve("out/annotations/instances.json"));
        assertThat(json.findValues("bbox")).hasToString("[[0.0,0.0,6.0,4.0], [8.0,6.0,2.0,2.0]]");
        assertThat(json.findValues("area")).hasToString("[24.0, 4.0]");
        assertThat(findings)
                .containsExactly(
                        "a.png: cat: the box reaches over the image's edge and is cut there",
                        "a.png: dog: the box is empty or outside of the image, it is left out",
                        "a.png: dog: the box is empty or outside of the image, it is left out",
                        "a.png: pig: the region covers no pixel of the image, it is left out",
                        "a.png: owl: the outline reaches over the image's edge; its box is cut there",
                        "boxes: 1 objects are plain boxes: their segmentation is empty, and"
                                + " evaluation by masks stops at them");
    }
}
