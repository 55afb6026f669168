package org.palimpsest.format.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.palimpsest.format.prompts.ExampleFixtures.LABELS;
import static org.palimpsest.format.prompts.ExampleFixtures.SIZE;
import static org.palimpsest.format.prompts.ExampleFixtures.TEXTS;
import static org.palimpsest.format.prompts.ExampleFixtures.checked;
import static org.palimpsest.format.prompts.ExampleFixtures.image;
import static org.palimpsest.format.prompts.ExampleFixtures.object;
import static org.palimpsest.format.prompts.ExampleFixtures.options;
import static org.palimpsest.format.prompts.ExampleFixtures.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.Finding;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.prompts.ExamplePreview.Sample;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.problem.ProblemException;

class ExampleMakerTest {
    private static final String CAT = "<loc0500><loc0010><loc0700><loc0300> cat";
    private static final String DOG = "<loc0020><loc0500><loc0080><loc0600> dog";
    private static final String CODES =
            "<seg000><seg001><seg002><seg003><seg004><seg005><seg006><seg007>"
                    + "<seg008><seg009><seg010><seg011><seg012><seg013><seg014><seg015>";

    private final FindingList findings = new FindingList();

    /// A cat below a dog, drawn in this order.
    private static final AnnotatedImage SCENE =
            image(
                    "a.png",
                    object("cat", new Box(10, 500, 300, 700)),
                    object("dog", new Box(500, 20, 600, 80)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "detect-all | detect cat ; dog ; cow ; box",
                "detect-present | detect cat ; dog",
            })
    void onePromptAsksForSeveralLabels(String template, String prefix) throws Exception {
        assertThat(made(Map.of("templates", template), SCENE))
                .containsExactly(new TrainingExample(template, prefix, DOG + " ; " + CAT));
    }

    @Test
    void eachLabelHasAPromptOfItsOwn() throws Exception {
        assertThat(made(Map.of("templates", "detect-each"), SCENE))
                .containsExactly(
                        new TrainingExample("detect-each", "detect cat", CAT),
                        new TrainingExample("detect-each", "detect dog", DOG));
    }

    @ParameterizedTest
    @CsvSource({
        "drawn, cat dog",
        "position, dog cat",
        "area, cat dog",
    })
    void objectsComeInTheChosenOrder(String order, String labels) throws Exception {
        assertThat(made(Map.of("templates", "detect-all", "order", order), SCENE))
                .extracting(example -> example.suffix().replaceAll("<loc\\d+>| ;", "").strip())
                .extracting(text -> text.replaceAll(" +", " "))
                .containsExactly(labels);
    }

    @Test
    void shuffledObjectsComeInAnotherOrderInSomeCopies() throws Exception {
        assertThat(made(Map.of("templates", "detect-all:20", "order", "shuffled"), SCENE))
                .hasSize(20)
                .extracting(TrainingExample::suffix)
                .containsOnly(CAT + " ; " + DOG, DOG + " ; " + CAT)
                .contains(CAT + " ; " + DOG, DOG + " ; " + CAT);
    }

    @Test
    void absentLabelsAreDrawnFromThoseThatMayBeAbsent() throws Exception {
        var image =
                checked(SCENE, Map.of("cow", LabelCheck.NOT_EXHAUSTIVE, "box", LabelCheck.ABSENT));
        assertThat(made(Map.of("templates", "detect-negatives-5"), image))
                .extracting(TrainingExample::prefix)
                .containsExactly("detect cat ; dog ; box");
        var any = new HashSet<String>();
        for (int seed = 0; seed < 20; seed++) {
            made(Map.of("templates", "detect-negatives-1"), seed, SCENE)
                    .forEach(example -> any.add(example.prefix()));
        }
        assertThat(any)
                .containsExactlyInAnyOrder("detect cat ; dog ; cow", "detect cat ; dog ; box");
    }

    @Test
    void labelsThatWereLookedForComeBeforeOthers() throws Exception {
        var image = checked(SCENE, Map.of("box", LabelCheck.ABSENT));
        for (int seed = 0; seed < 20; seed++) {
            assertThat(made(Map.of("templates", "detect-negatives-1"), seed, image))
                    .extracting(TrainingExample::prefix)
                    .containsExactly("detect cat ; dog ; box");
        }
        assertThat(made(Map.of("templates", "detect-checked-negatives-3"), image))
                .extracting(TrainingExample::prefix)
                .containsExactly("detect cat ; dog ; box");
    }

    @Test
    void aLabelThatIsNotExhaustiveIsNotAskedForWhereItWouldBeDenied() throws Exception {
        var image =
                checked(
                        SCENE,
                        Map.of("cow", LabelCheck.NOT_EXHAUSTIVE, "cat", LabelCheck.NOT_EXHAUSTIVE));
        assertThat(made(Map.of("templates", "detect-all"), image))
                .extracting(TrainingExample::prefix)
                .containsExactly("detect cat ; dog ; box");
        var one = options(Map.of("templates", "detect-all"), 0).withOneClassList(true);
        assertThat(ExampleMaker.of(LABELS, one, findings).examples(image).examples()).isEmpty();
        assertThat(findings.kept())
                .extracting(Finding::toString)
                .containsExactly(
                        "a.png: no line, because every line asks for all labels and one is not"
                                + " marked exhaustively");
    }

    @Test
    void imagesWithoutObjectsGiveWhatIsChosen() throws Exception {
        var empty = checked(image("a.png"), Map.of("cow", LabelCheck.ABSENT));
        String all = "detect cat ; dog ; cow ; box";
        assertThat(made(Map.of("templates", "detect-all"), empty)).isEmpty();
        assertThat(made(Map.of("templates", "detect-all", "empty", "empty"), empty))
                .containsExactly(new TrainingExample("detect-all", all, ""));
        assertThat(made(Map.of("templates", "detect-all,detect-each", "empty", "text:none"), empty))
                .containsExactly(
                        new TrainingExample("detect-all", all, "none"),
                        new TrainingExample("detect-each", "detect cow", "none"));
        assertThat(made(Map.of("templates", "detect-present", "empty", "empty"), empty)).isEmpty();
    }

    @Test
    void masksAreSixteenCodesAndEncodedOnce() throws Exception {
        var image =
                image(
                        "a.png",
                        object("cat", Mask.fromRegion(new Box(10, 500, 300, 700), SIZE)),
                        object("dog", new Box(500, 20, 600, 80)));
        var asked = new ArrayList<Box>();
        var options =
                options(Map.of("templates", "segment-each,segment-all"), 0)
                        .withMasks((_, box) -> {
                            asked.add(box);
                            return IntStream.range(0, 16).toArray();
                        });
        var masked = image.withAnnotations(image.annotations().subList(0, 1));
        var made = ExampleMaker.of(LABELS, options, findings).examples(masked);
        String suffix = "<loc0500><loc0010><loc0700><loc0300>" + CODES + " cat";
        assertThat(made.examples())
                .containsExactly(
                        new TrainingExample("segment-each", "segment cat", suffix),
                        new TrainingExample(
                                "segment-all", "segment cat ; dog ; cow ; box", suffix));
        assertThat(asked).containsExactly(new Box(10, 500, 300, 700));
        assertThat(made.masks())
                .extracting(mask -> mask.object().label() + mask.codes().size())
                .containsExactly("cat16");
        assertThat(findings.kept()).isEmpty();
        assertThat(ExampleMaker.of(LABELS, options, findings).examples(image).examples())
                .containsExactly(new TrainingExample("segment-each", "segment cat", suffix));
        assertThat(findings.kept())
                .extracting(Finding::message)
                .containsOnly("no segment line, because an object has a box only");
    }

    @Test
    void aSentenceThatMeansAnObjectIsAskedBareAndAnsweredWithoutALabel() throws Exception {
        var cat = object("cat", Mask.fromRegion(new Box(10, 500, 300, 700), SIZE));
        var provenance = new Provenance.Imported("some", "file");
        var sentence =
                TextAnnotation.of("any", "the cat on the left", provenance).referringTo(cat.id());
        var other = TextAnnotation.of("segment", "no link", provenance);
        var options =
                options(Map.of("templates", "refer,texts"), 0)
                        .withMasks((_, _) -> IntStream.range(0, 16).toArray());
        var made =
                ExampleMaker.of(LABELS, options, findings)
                        .examples(image("a.png", cat, sentence, other));
        assertThat(made.examples())
                .containsExactly(
                        new TrainingExample(
                                "refer",
                                "the cat on the left",
                                "<loc0500><loc0010><loc0700><loc0300>" + CODES),
                        new TrainingExample("texts", "segment", "no link"));
    }

    @Test
    void withoutACodecOutlinesAreSaidToBecomeBoxesOnce() throws Exception {
        var image = image("a.png", object("cat", Mask.fromRegion(new Box(0, 0, 9, 9), SIZE)));
        var maker =
                ExampleMaker.of(
                        LABELS,
                        options(Map.of("templates", "segment-all,segment-each"), 0),
                        findings);
        assertThat(maker.examples(image).examples()).isEmpty();
        assertThat(maker.examples(image).examples()).isEmpty();
        assertThat(findings.kept()).extracting(Finding::place).containsExactly("segment");
    }

    @Test
    void objectsAreCountedWhereTheirNumberIsKnown() throws Exception {
        var image =
                checked(
                        image(
                                "a.png",
                                object("box", new Box(0, 0, 9, 9)),
                                object("box", new Box(0, 0, 9, 20)),
                                object("dog", new Box(0, 0, 9, 9)),
                                object("cow", new Box(0, 0, 9, 9)).withCrowd(true)),
                        Map.of("cat", LabelCheck.ABSENT, "dog", LabelCheck.NOT_EXHAUSTIVE));
        assertThat(made(Map.of("templates", "count"), image))
                .containsExactly(
                        new TrainingExample("count", "answer en how many cats are there?", "0"),
                        new TrainingExample("count", "answer en how many boxes are there?", "2"));
        assertThat(made(Map.of("templates", "count", "count-wording", "count {label}"), image))
                .extracting(TrainingExample::prefix)
                .containsExactly("count cat", "count box");
    }

    @Test
    void lettersAndSeparatorsAreChanged() throws Exception {
        var image =
                image(
                        "a.png",
                        object("Cat", new Box(10, 500, 300, 700)),
                        object("Dog", new Box(500, 20, 600, 80)));
        var labels = LabelSet.ofNames(List.of("Cat", "Dog"));
        assertThat(made(labels, Map.of("templates", "detect-all", "lower-case", "suffix"), image))
                .containsExactly(
                        new TrainingExample("detect-all", "detect Cat ; Dog", DOG + " ; " + CAT));
        assertThat(
                        made(
                                labels,
                                Map.of(
                                        "templates",
                                        "detect-all",
                                        "lower-case",
                                        "both",
                                        "separator",
                                        "bare"),
                                image))
                .containsExactly(
                        new TrainingExample("detect-all", "detect cat;dog", DOG + ";" + CAT));
    }

    @Test
    void aWeightBelowOneDrawsAShareAndOneAboveRepeats() throws Exception {
        int half = 0;
        int more = 0;
        for (int i = 0; i < 1000; i++) {
            var image = image(i + ".png", text("caption en", "a cat"));
            half += made(Map.of("templates", "caption:0.5"), image).size();
            int copies = made(Map.of("templates", "caption:2.25"), image).size();
            assertThat(copies).isBetween(2, 3);
            more += copies;
        }
        assertThat(half).isBetween(450, 550);
        assertThat(more).isBetween(2200, 2300);
    }

    @Test
    void whatAnImageGivesHangsOnNoOtherImage() throws Exception {
        var settings =
                Map.of(
                        "templates",
                        "detect-negatives-1:3,caption:0.5",
                        "order",
                        "shuffled",
                        "answers",
                        "one");
        var options = options(settings, 7);
        var alone = ExampleMaker.of(LABELS, options, findings).examples(SCENE);
        var maker = ExampleMaker.of(LABELS, options, findings);
        maker.examples(TEXTS);
        assertThat(maker.examples(SCENE)).isEqualTo(alone);
        // A new import gives new identities.
        var again = image("elsewhere/a.png", SCENE.annotations().toArray(Annotation[]::new));
        assertThat(maker.examples(again)).isEqualTo(alone);
        assertThat(made(settings, 8, SCENE)).isNotEqualTo(alone.examples());
    }

    @Test
    void rejectedAnnotationsAreLeftOut() throws Exception {
        var image =
                image(
                        "a.png",
                        object("cat", new Box(0, 0, 9, 9)).withReview(ReviewState.REJECTED),
                        text("caption en", "x").withReview(ReviewState.REJECTED));
        assertThat(made(Map.of("templates", "detect-all,texts,count"), image)).isEmpty();
    }

    @Test
    void whatIsCutOrLeftOutIsReported() throws Exception {
        var image =
                image(
                        "a.png",
                        object("cat", new Box(-50, 0, 100, 100)),
                        object("dog", new Box(2000, 0, 2100, 10)),
                        text("caption\nen", "x"));
        made(Map.of("templates", "detect-all,texts"), image);
        assertThat(findings.kept())
                .extracting(Finding::toString)
                .containsExactly(
                        "a.png: a cat was cut at the edge of the image",
                        "a.png: a dog covers nothing of the image: "
                                + new Box(2000, 0, 2100, 10).clampTo(SIZE),
                        "a.png: a prompt must not contain a line break: caption\nen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a<b", "x>", "\uD83D cat"})
    void aLabelThatBreaksTheTextFormIsRefused(String label) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        ExampleMaker.of(
                                LabelSet.ofNames(List.of(label)), options(Map.of(), 0), findings))
                .withMessageContaining("Rename the label");
    }

    @Test
    void thePreviewCountsAllAndShowsTheFirst() throws Exception {
        var preview =
                ExamplePreview.of(
                        Dataset.of(LABELS, List.of(SCENE, TEXTS)),
                        options(Map.of("templates", "detect-each,segment-all,caption"), 0),
                        3);
        assertThat(preview.counts())
                .containsExactly(
                        Map.entry("detect-each", 2L),
                        Map.entry("segment-all", 0L),
                        Map.entry("caption", 3L));
        assertThat(preview.total()).isEqualTo(5);
        assertThat(preview.first())
                .containsExactly(
                        new Sample(
                                Path.of("a.png"),
                                new TrainingExample("detect-each", "detect cat", CAT)),
                        new Sample(
                                Path.of("a.png"),
                                new TrainingExample("detect-each", "detect dog", DOG)),
                        new Sample(
                                Path.of("a.png"),
                                new TrainingExample("caption", "caption en", "A Cat")));
    }

    private List<TrainingExample> made(Map<String, String> settings, AnnotatedImage image)
            throws Exception {
        return made(settings, 0, image);
    }

    private List<TrainingExample> made(
            Map<String, String> settings, long seed, AnnotatedImage image) throws Exception {
        return ExampleMaker.of(LABELS, options(settings, seed), findings)
                .examples(image)
                .examples();
    }

    private List<TrainingExample> made(
            LabelSet labels, Map<String, String> settings, AnnotatedImage image) throws Exception {
        return ExampleMaker.of(labels, options(settings, 0), findings).examples(image).examples();
    }
}
