package org.palimpsest.format.coco;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Mask;
import org.palimpsest.imaging.Orientation;

/// Captions, results, LVIS, RefCOCO and VQA as independent readers read them.
class FamilyGoldenTest {
    @TempDir Path folder;

    @Test
    void captionsAreThoseOfPycocotools() throws Exception {
        var read =
                Imports.read(
                        new CocoCaptionsFormat(), Imports.SAMPLES.resolve("coco/captions.json"));
        var captions = new TreeMap<String, List<String>>();
        read.images()
                .forEach((file, image) ->
                        captions.put(
                                file, image.texts().stream().map(TextAnnotation::text).toList()));
        var expected = new TreeMap<String, List<String>>();
        Imports.json(Imports.SAMPLES.resolve("coco/expected.json"))
                .get("captions")
                .properties()
                .forEach(image -> expected.put(image.getKey(), texts(image.getValue())));
        assertThat(captions).isEqualTo(expected);
        assertThat(read.findings()).isEmpty();
        assertThat(read.images().get("edge.png").texts())
                .extracting(TextAnnotation::prompt)
                .containsExactly("caption en", "caption en");
    }

    /// Category ids as in the sample.
    private static final Map<String, Integer> CATEGORIES =
            Map.of("cat", 3, "dog", 7, "red car", 12, "t-shirt", 18);

    private static final Map<String, Integer> IMAGES =
            Map.of("scene_one.png", 10, "übung 猫 2.jpg", 13, "rotated.jpg", 16, "edge.png", 22);

    @Test
    void resultsAreThoseOfPycocotools() throws Exception {
        for (var list : List.of("results_bbox", "results_segm")) {
            var inside = results(list, list + ".json", "instances_rle.json");
            var read = Imports.read(new CocoResultsFormat(), inside.resolve(list + ".json"));
            assertThat(seen(read)).isEqualTo(expectedResults(list));
            assertThat(read.words())
                    .contains(
                            "instances_rle.json: 8 annotations of the instances file are not read, as"
                                    + " they are no results; import it as coco to have them");
        }
    }

    @Test
    void detectionsInBothListsAreTakenOnceWithTheirMasks() throws Exception {
        var inside =
                results("both", "results_bbox.json", "results_segm.json", "instances_rle.json");
        var read = Imports.read(new CocoResultsFormat(), inside);
        assertThat(seen(read)).isEqualTo(expectedResults("results_segm"));
        assertThat(read.data().labels().names()).hasSize(4);
        assertThat(read.findings()).hasSize(2); // supercategories, and the true objects
    }

    @Test
    void captionsAmongResultsAreTakenToo() throws Exception {
        var inside = results("captions", "results_captions.json", "instances_rle.json");
        var read = Imports.read(new CocoResultsFormat(), inside);
        assertThat(read.images().get("edge.png").texts())
                .extracting(TextAnnotation::text)
                .containsExactly("line one\nline two");
    }

    private Path results(String name, String... files) throws Exception {
        Path inside = Files.createDirectories(folder.resolve(name));
        for (var file : files) {
            Files.copy(Imports.SAMPLES.resolve("coco/" + file), inside.resolve(file));
        }
        Path images = Files.createDirectories(inside.resolve("images"));
        try (var all = Files.list(Imports.SAMPLES.resolve("coco/images"))) {
            for (var image : all.toList()) {
                Files.copy(image, images.resolve(image.getFileName().toString()));
            }
        }
        return inside;
    }

    /// Image, category, box in the file's frame and score, in words.
    private static List<String> seen(Imports read) throws Exception {
        var seen = new ArrayList<String>();
        for (var file : List.of("scene_one.png", "übung 猫 2.jpg", "rotated.jpg", "edge.png")) {
            for (var object : read.images().get(file).objects()) {
                var box = object.region().bounds();
                // The turned picture's stored pixels, back from the upright ones: 60 × 40.
                var stored =
                        file.equals("rotated.jpg")
                                ? List.of(box.yMin(), 40 - box.xMax(), box.height(), box.width())
                                : List.of(box.xMin(), box.yMin(), box.width(), box.height());
                seen.add(
                        IMAGES.get(file)
                                + " "
                                + CATEGORIES.get(object.label())
                                + " "
                                + stored
                                + " "
                                + object.provenance().score().orElseThrow());
            }
        }
        return seen;
    }

    private static List<String> expectedResults(String list) throws Exception {
        var expected = new ArrayList<String>();
        for (var one :
                Imports.json(Imports.SAMPLES.resolve("coco/expected.json"))
                        .get("results")
                        .get(list)) {
            expected.add(
                    one.get("image_id")
                            + " "
                            + one.get("category_id")
                            + " "
                            + one.get("bbox").toString().replace(",", ", ")
                            + " "
                            + one.get("score"));
        }
        return expected;
    }

    @Test
    void lvisIsThatOfItsApi() throws Exception {
        var read =
                Imports.read(new LvisFormat(), Imports.SAMPLES.resolve("lvis/lvis_v1_train.json"));
        assertThat(read.words())
                .containsExactly(
                        "lvis_v1_train.json: categories[0], id 3: categories have the key \"synset\","
                                + " which is not kept");
        assertThat(read.data().labels().find("red car").orElseThrow().description())
                .isEqualTo("a red car");
        var details = new TreeMap<String, ImageDetails>();
        read.images().forEach((file, image) -> details.put(file, image.details()));
        var train = ImageDetails.NEW.withSplit(Split.TRAIN);
        assertThat(details)
                .isEqualTo(
                        new TreeMap<>(
                                Map.of(
                                        "scene_one.png",
                                        train.withLabelChecks(Map.of("t-shirt", LabelCheck.ABSENT)),
                                        "übung 猫 2.jpg",
                                        train.withLabelChecks(
                                                Map.of("cat", LabelCheck.NOT_EXHAUSTIVE)),
                                        "rotated.jpg",
                                        train,
                                        "nothing.png",
                                        train,
                                        "edge.png",
                                        train)));
        for (var image :
                Imports.json(Imports.SAMPLES.resolve("lvis/expected.json")).get("images")) {
            String url = image.get("coco_url").textValue();
            var seen = read.images().get(url.substring(url.lastIndexOf('/') + 1));
            assertThat(seen.objects()).hasSameSizeAs(image.get("objects"));
            for (int i = 0; i < seen.objects().size(); i++) {
                var expected = image.get("objects").get(i);
                var object = seen.objects().get(i);
                assertThat(object.label())
                        .isEqualTo(expected.get("label").textValue().replace('_', ' '));
                assertThat(iou(seen, object, expected.get("rle"))).isGreaterThan(0.95);
            }
        }
    }

    private static double iou(AnnotatedImage image, ObjectAnnotation object, JsonNode rle) {
        Mask expected = CocoGoldenTest.mask(rle);
        if (!expected.size().equals(image.image().size())) {
            expected = (Mask) Orientation.ofExif(6).shown(expected, expected.size());
        }
        return Mask.fromRegion(object.region(), image.image().size()).iou(expected);
    }

    @Test
    void referringSentencesAreThoseOfRefer() throws Exception {
        var read = Imports.read(new RefCocoFormat(), Imports.SAMPLES.resolve("refcoco"));
        var images = read.images();
        for (var ref : Imports.json(Imports.SAMPLES.resolve("refcoco/expected.json")).get("refs")) {
            var image = images.get(ref.get("file").textValue());
            var sentences = texts(ref.get("sentences"));
            var found =
                    image.texts().stream()
                            .filter(text -> text.referent().isPresent())
                            .filter(text -> label(image, text).equals(ref.get("label").textValue()))
                            .toList();
            assertThat(found).extracting(TextAnnotation::text).isEqualTo(sentences);
            var object = object(image, found.getFirst());
            assertThat(iou(image, object, ref.get("rle_of_union"))).isGreaterThan(0.95);
            String split = ref.get("split").textValue();
            assertThat(found.getFirst().attributes())
                    .isEqualTo(split.startsWith("test") ? Map.of("split", split) : Map.of());
            assertThat(found.getLast().attributes())
                    .containsEntry(
                            "raw",
                            sentences
                                    .getLast()
                                    .replace("left isn't", "LEFT, isn't")
                                    .replaceAll("it$", "it?"));
        }
        assertThat(images.values().stream().mapToInt(image -> image.texts().size()).sum())
                .isEqualTo(10);
        assertThat(images.get("scene_one.png").details().split()).isEqualTo(Split.TRAIN);
        assertThat(images.get("rotated.jpg").details().split()).isEqualTo(Split.TEST);
        assertThat(images.get("edge.png").details().split()).isEqualTo(Split.UNASSIGNED);
        assertThat(read.words())
                .containsExactly(
                        "instances.json: categories[0], id 3: categories have the key"
                                + " \"supercategory\", which is not kept",
                        "refs.json: [3]: the image has sentences of another split, too; its first one"
                                + " counts");
    }

    private static ObjectAnnotation object(AnnotatedImage image, TextAnnotation sentence) {
        return (ObjectAnnotation) image.find(sentence.links().getFirst().object()).orElseThrow();
    }

    private static String label(AnnotatedImage image, TextAnnotation sentence) {
        return object(image, sentence).label();
    }

    @Test
    void answersAreThoseOfVqa() throws Exception {
        var read = Imports.read(new VqaV2Format(), Imports.SAMPLES.resolve("vqav2"));
        var answers = new LinkedHashMap<String, List<String>>();
        var types = new TreeMap<String, String>();
        for (var image : read.images().values()) {
            for (var text : image.texts()) {
                String id = text.attributes().get("question_id");
                answers.computeIfAbsent(id + " " + text.prompt(), _ -> new ArrayList<>())
                        .add(text.text());
                types.put(id, text.attributes().get("answer_type"));
            }
        }
        var expected = new LinkedHashMap<String, List<String>>();
        var expectedTypes = new TreeMap<String, String>();
        for (var question :
                Imports.json(Imports.SAMPLES.resolve("vqav2/expected.json")).get("questions")) {
            if (!question.get("answers").isNull()) {
                String id = question.get("question_id").toString();
                expected.put(
                        id + " answer en " + question.get("question").textValue(),
                        texts(question.get("answers")));
                expectedTypes.put(id, question.get("answer_type").textValue());
            }
        }
        assertThat(answers).isEqualTo(expected);
        assertThat(types).isEqualTo(expectedTypes);
        assertThat(read.words())
                .containsExactly(
                        "v2_OpenEnded_mscoco_train2014_questions.json: questions[4], question 19001:"
                                + " the question has no answers");
        var last = read.images().get("edge.png").texts().getLast();
        assertThat(last.attributes())
                .containsEntry("answer_confidence", "maybe")
                .containsEntry("question_type", "is it");
        assertThat(read.images().get("edge.png").details().split()).isEqualTo(Split.TRAIN);
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.textValue()));
        return texts;
    }
}
