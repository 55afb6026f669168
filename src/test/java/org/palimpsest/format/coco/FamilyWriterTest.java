package org.palimpsest.format.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

/// What exports of captions, results, LVIS, RefCOCO and VQA hold.
class FamilyWriterTest {
    private static final Size SIZE = new Size(10, 8);

    @TempDir Path folder;

    private List<String> export(
            DatasetFormat format, Map<String, String> settings, List<? extends Annotation> said)
            throws Exception {
        return Scenes.export(
                format,
                Scenes.of(
                        Scenes.image(
                                folder.resolve("source"), "a.png", SIZE, Split.UNASSIGNED, said)),
                folder.resolve("out"),
                settings);
    }

    private JsonNode out(String path) throws Exception {
        return Imports.json(folder.resolve("out").resolve(path));
    }

    private Imports readBack(DatasetFormat format) throws Exception {
        return Imports.read(format, folder.resolve("out"));
    }

    @Test
    void captionsOfOtherPromptsKeepThem() throws Exception {
        var captions =
                List.of(
                        Scenes.text("caption en", "a cat"),
                        Scenes.text("caption de", "eine Katze"),
                        Scenes.text("describe en", "a cat, and so on"),
                        Scenes.text("ocr", "STOP"));
        var findings = export(new CocoCaptionsFormat(), Map.of(), captions);
        assertThat(out("annotations/captions.json").get("annotations"))
                .hasToString(
                        "[{\"id\":1,\"image_id\":1,\"caption\":\"a cat\"},"
                                + "{\"id\":2,\"image_id\":1,\"caption\":\"eine Katze\","
                                + "\"prompt\":\"caption de\"},"
                                + "{\"id\":3,\"image_id\":1,\"caption\":\"a cat, and so on\","
                                + "\"prompt\":\"describe en\"}]");
        assertThat(findings)
                .containsExactly(
                        "captions: captions of several languages are mixed, {de=1, en=2}: whoever"
                                + " scores them with English rules should choose language=en");
        assertThat(readBack(new CocoCaptionsFormat()).images().get("a.png").texts())
                .extracting(TextAnnotation::prompt)
                .containsExactly("caption en", "caption de", "describe en");
    }

    @Test
    void captionsOfOneLanguageMayBeChosen() throws Exception {
        var findings =
                export(
                        new CocoCaptionsFormat(),
                        Map.of("language", "de"),
                        List.of(
                                Scenes.text("caption en", "a cat"),
                                Scenes.text("caption de", "eine Katze")));
        assertThat(out("annotations/captions.json").findValues("caption"))
                .hasToString("[\"eine Katze\"]");
        assertThat(findings)
                .containsExactly("captions: 1 captions of other languages are left out");
    }

    @Test
    void resultsHoldWhatHasAScore() throws Exception {
        var findings =
                export(
                        new CocoResultsFormat(),
                        Map.of(),
                        List.of(
                                Scenes.scored("cat", new Box(2, 1, 6, 4), 0.5),
                                Scenes.scored("dog", Scenes.polygon(2, 1, 6, 1, 6, 4, 2, 4), 0.25),
                                Scenes.object("dog", new Box(0, 0, 1, 1))));
        assertThat(out("results_bbox.json"))
                .hasToString(
                        "[{\"image_id\":1,\"category_id\":1,\"bbox\":[2.0,1.0,4.0,3.0],\"score\":0.5},"
                                + "{\"image_id\":1,\"category_id\":2,\"bbox\":[2.0,1.0,4.0,3.0],"
                                + "\"score\":0.25}]");
        assertThat(out("results_segm.json"))
                .hasToString(
                        "[{\"image_id\":1,\"category_id\":2,\"segmentation\":{\"size\":[8,10],"
                                + "\"counts\":\"a03500000o0\"},\"score\":0.25}]");
        assertThat(out("instances.json").get("annotations")).isEmpty();
        assertThat(findings).containsExactly("scores: 1 objects without a score are left out");
    }

    @Test
    void resultsWithoutInstancesFileSayWhatIsMissing() throws Exception {
        Files.writeString(folder.resolve("results.json"), "[]");
        assertThatThrownBy(
                        () -> Imports.read(new CocoResultsFormat(), folder.resolve("results.json")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("instances.json");
    }

    @Test
    void lvisHasUnderscoresCountsAndWhatWasLookedFor() throws Exception {
        var image =
                Scenes.image(
                        folder.resolve("source"),
                        "a.png",
                        SIZE,
                        Split.TRAIN,
                        List.of(
                                Scenes.object("red car", Scenes.polygon(2, 1, 6, 1, 6, 4)),
                                Scenes.object("red car", Scenes.polygon(1, 1, 6, 1, 6, 4)),
                                Scenes.object("owl", new Box(2, 1, 6, 4)).withCrowd(true)));
        var checks = new TreeMap<String, LabelCheck>();
        checks.put("t-shirt", LabelCheck.ABSENT);
        checks.put("red car", LabelCheck.NOT_EXHAUSTIVE);
        var labels =
                new LabelSet(
                        List.of(
                                new Label(
                                        "red car",
                                        0,
                                        "",
                                        "a car that is red",
                                        List.of("auto mobile")),
                                new Label("my_label", 1)));
        var findings =
                Scenes.export(
                        new LvisFormat(),
                        Dataset.of(
                                labels,
                                List.of(
                                        image.withDetails(
                                                image.details().withLabelChecks(checks)))),
                        folder.resolve("out"),
                        Map.of());
        var json = out("annotations/lvis_v1_train.json");
        assertThat(json.get("images"))
                .hasToString(
                        "[{\"id\":1,\"file_name\":\"a.png\",\"width\":10,\"height\":8,"
                                + "\"coco_url\":\"images/a.png\",\"neg_category_ids\":[4],"
                                + "\"not_exhaustive_category_ids\":[1]}]");
        assertThat(json.get("categories").get(0))
                .hasToString(
                        "{\"id\":1,\"name\":\"red_car\",\"synset\":\"\",\"synonyms\":[\"red_car\","
                                + "\"auto_mobile\"],\"def\":\"a car that is red\",\"frequency\":\"r\","
                                + "\"image_count\":1,\"instance_count\":2}");
        assertThat(json.get("annotations")).hasSize(2);
        assertThat(findings)
                .containsExactly(
                        "label my_label: its _ stands for a blank in LVIS and comes back as one",
                        "crowds: 1 crowd regions are left out, LVIS has none");
        assertThat(readBack(new LvisFormat()).data().labels().labels().getFirst())
                .satisfies(label -> {
                    assertThat(label.name()).isEqualTo("red car");
                    assertThat(label.description()).isEqualTo("a car that is red");
                    assertThat(label.aliases()).containsExactly("auto mobile");
                });
    }

    @Test
    void referringSentencesComeBackWithTheirObjects() throws Exception {
        var cat = Scenes.object("cat", Scenes.polygon(2, 1, 6, 1, 6, 4, 2, 4));
        var box = Scenes.object("dog", new Box(0, 0, 2, 2));
        var said =
                List.of(
                        cat,
                        box,
                        Scenes.text("segment", "the cat on the left")
                                .withAttributes(Map.of("raw", "The cat, on the LEFT"))
                                .referringTo(cat.id()),
                        Scenes.text("segment", "a cat").referringTo(cat.id()),
                        Scenes.text("segment", "nothing")
                                .referringTo(Scenes.object("x", box.region()).id()),
                        Scenes.text("caption en", "left out"));
        var findings = export(new RefCocoFormat(), Map.of(), said);
        assertThat(out("refs.json"))
                .hasToString(
                        "[{\"ref_id\":1,\"ann_id\":1,\"image_id\":1,\"category_id\":1,"
                                + "\"split\":\"train\",\"file_name\":\"a.png\",\"sent_ids\":[1,2],"
                                + "\"sentences\":[{\"sent_id\":1,\"sent\":\"the cat on the left\","
                                + "\"raw\":\"The cat, on the LEFT\","
                                + "\"tokens\":[\"the\",\"cat\",\"on\",\"the\",\"left\"]},"
                                + "{\"sent_id\":2,\"sent\":\"a cat\",\"raw\":\"a cat\","
                                + "\"tokens\":[\"a\",\"cat\"]}]}]");
        assertThat(out("instances.json").findValues("segmentation"))
                .hasToString("[[[2,1,6,1,6,4,2,4]], [[0,0,2,0,2,2,0,2]]]");
        assertThat(findings)
                .containsExactly(
                        "splits: 1 images without a split count as train",
                        "refs: 1 sentences refer to no object that is written, they are left out");
        var back = readBack(new RefCocoFormat());
        assertThat(back.findings()).isEmpty();
        var image = back.images().get("a.png");
        assertThat(image.texts()).hasSize(2).allMatch(text -> text.referent().isPresent());
        assertThat(image.texts().getFirst().links().getFirst().object())
                .isEqualTo(image.objects().getFirst().id());
        assertThat(folder.resolve("out/README.md")).content().contains("pickle.dump");
    }

    @Test
    void aPickleIsNotOpened() throws Exception {
        Files.write(folder.resolve("refs(unc).p"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> Imports.read(new RefCocoFormat(), folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("refs(unc).p")
                .hasMessageContaining("Make refs.json of it");
    }

    @Test
    void questionsAreNumberedAndTheMostFrequentAnswerIsNamed() throws Exception {
        var findings =
                export(
                        new VqaV2Format(),
                        Map.of(),
                        List.of(
                                Scenes.text("answer en how many?", "2"),
                                Scenes.text("answer en where?", "here"),
                                Scenes.text("answer en how many?", "3"),
                                Scenes.text("answer en how many?", "3")
                                        .withAttributes(Map.of("answer_confidence", "maybe")),
                                Scenes.text("answer de wo?", "hier")));
        assertThat(out("v2_OpenEnded_mscoco_train2014_questions.json").get("questions"))
                .hasToString(
                        "[{\"image_id\":1,\"question\":\"how many?\",\"question_id\":1000},"
                                + "{\"image_id\":1,\"question\":\"where?\",\"question_id\":1001}]");
        assertThat(out("v2_mscoco_train2014_annotations.json").get("annotations").get(0))
                .hasToString(
                        "{\"question_id\":1000,\"image_id\":1,\"question_type\":\"none of the above\","
                                + "\"answer_type\":\"number\",\"multiple_choice_answer\":\"3\","
                                + "\"answers\":["
                                + "{\"answer\":\"2\",\"answer_confidence\":\"yes\",\"answer_id\":1},"
                                + "{\"answer\":\"3\",\"answer_confidence\":\"yes\",\"answer_id\":2},"
                                + "{\"answer\":\"3\",\"answer_confidence\":\"maybe\",\"answer_id\":3}]}");
        assertThat(out("image_names.json")).hasToString("{\"1\":\"a.png\"}");
        assertThat(findings)
                .containsExactly(
                        "splits: 1 images without a split count as train",
                        "questions: 1 answers in other languages are left out from train2014");
    }

    @Test
    void questionIdsThatAreTheirOwnAreKept() throws Exception {
        export(
                new VqaV2Format(),
                Map.of(),
                List.of(
                        Scenes.text("answer en how many?", "2")
                                .withAttributes(Map.of("question_id", "42000")),
                        Scenes.text("answer en where?", "here")
                                .withAttributes(Map.of("question_id", "42001"))));
        assertThat(out("v2_OpenEnded_mscoco_train2014_questions.json").findValues("question_id"))
                .hasToString("[42000, 42001]");
    }

    @Test
    void answersWithoutQuestionAreSaid() throws Exception {
        Files.writeString(
                folder.resolve("v2_OpenEnded_mscoco_val2014_questions.json"),
                "{\"questions\": []}");
        Files.writeString(
                folder.resolve("v2_mscoco_val2014_annotations.json"),
                "{\"annotations\": [{\"question_id\": 7, \"answers\": [{\"answer\": \"x\"}]}]}");
        assertThat(Imports.read(new VqaV2Format(), folder).words())
                .containsExactly(
                        "v2_mscoco_val2014_annotations.json: annotations[0]: there is no question of"
                                + " the id 7, or its answers came before");
    }

    @Test
    void anImageIsFoundByTheUsualNameWithItsId() throws Exception {
        Files.writeString(
                folder.resolve("v2_OpenEnded_mscoco_val2014_questions.json"),
                "{\"questions\": [{\"question_id\": 7, \"image_id\": 42, \"question\": \"why?\"}]}");
        Files.writeString(
                folder.resolve("v2_mscoco_val2014_annotations.json"),
                "{\"annotations\": [{\"question_id\": 7, \"answers\": [{\"answer\": \"x\"}]}]}");
        Files.createDirectories(folder.resolve("val2014"));
        Files.copy(
                Imports.SAMPLES.resolve("coco/images/edge.png"),
                folder.resolve("val2014/COCO_val2014_000000000042.png"));
        var read = Imports.read(new VqaV2Format(), folder);
        assertThat(read.findings()).isEmpty();
        assertThat(read.images().get("COCO_val2014_000000000042.png").texts()).hasSize(1);
    }
}
