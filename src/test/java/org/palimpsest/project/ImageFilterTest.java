package org.palimpsest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter.And;
import org.palimpsest.project.ImageFilter.Comparison;
import org.palimpsest.project.ImageFilter.HasLabel;
import org.palimpsest.project.ImageFilter.Measure;
import org.palimpsest.project.ImageFilter.Named;
import org.palimpsest.project.ImageFilter.Not;
import org.palimpsest.project.ImageFilter.Or;
import org.palimpsest.project.ImageFilter.SaysWords;
import org.palimpsest.project.ImageFilter.Tagged;

class ImageFilterTest {
    private static final HasLabel A = new HasLabel("a");
    private static final HasLabel B = new HasLabel("b");
    private static final Tagged T = new Tagged("t");

    @TempDir private Path folder;

    @Test
    void termsSideBySideBindCloserThanOrAndANegationClosest() throws ProblemException {
        assertThat(ImageFilter.parse("label:a -label:b or tag:t"))
                .isEqualTo(new Or(List.of(new And(List.of(A, new Not(B))), T)));
        assertThat(ImageFilter.parse("label:a and not (label:b or tag:t)"))
                .isEqualTo(new And(List.of(A, new Not(new Or(List.of(B, T))))));
        assertThat(ImageFilter.parse("label:a,b")).isEqualTo(new Or(List.of(A, B)));
        assertThat(ImageFilter.parse("  ")).isEqualTo(ImageFilter.ALL);
    }

    @Test
    void everyTermHasItsKind() throws ProblemException {
        assertThat(ImageFilter.parse("state:in-progress split:Test review:rejected origin:drawn"))
                .isEqualTo(
                        new And(
                                List.of(
                                        new ImageFilter.InState(ImageState.IN_PROGRESS),
                                        new ImageFilter.InSplit(Split.TEST),
                                        new ImageFilter.HasReview(ReviewState.REJECTED),
                                        new ImageFilter.HasOrigin(ImageFilter.Origin.DRAWN))));
        assertThat(
                        ImageFilter.parse(
                                "score<=0.25 objects>3 texts=0 label:\"small dog\" \"red car\""))
                .isEqualTo(
                        new And(
                                List.of(
                                        new ImageFilter.Score(Comparison.AT_MOST, 0.25),
                                        new ImageFilter.Objects(Comparison.MORE, 3),
                                        new ImageFilter.Texts(Comparison.EQUAL, 0),
                                        new HasLabel("small dog"),
                                        new Or(
                                                List.of(
                                                        new SaysWords("red car"),
                                                        new Named("red car"))))));
        assertThat(ImageFilter.parse("model:x absent:\"a,b\" name:y text:z"))
                .isEqualTo(
                        new And(
                                List.of(
                                        new ImageFilter.FromModel("x"),
                                        new ImageFilter.CheckedAbsent("a,b"),
                                        new Named("y"),
                                        new SaysWords("z"))));
    }

    @Test
    void rangesAndMeasuresAreRead() throws ProblemException {
        assertThat(
                        ImageFilter.parse(
                                "score=0.2..0.3 area<=0.5 aspect>2 edits>=3 prompt:\"detect a\""))
                .isEqualTo(
                        new And(
                                List.of(
                                        new ImageFilter.Within(Measure.SCORE, 0.2, 0.3),
                                        new ImageFilter.Within(
                                                Measure.AREA,
                                                Double.NEGATIVE_INFINITY,
                                                Math.nextUp(0.5)),
                                        new ImageFilter.Within(
                                                Measure.ASPECT,
                                                Math.nextUp(2.0),
                                                Double.POSITIVE_INFINITY),
                                        new ImageFilter.Edits(Comparison.AT_LEAST, 3),
                                        new ImageFilter.FromPrompt("detect a"))));
    }

    @Test
    void aRangeOfCountsIsHeldByOneImage() throws ProblemException {
        assertThat(ImageFilter.parse("edits=3..5"))
                .isEqualTo(
                        new And(
                                List.of(
                                        new ImageFilter.Edits(Comparison.AT_LEAST, 3),
                                        new ImageFilter.Edits(Comparison.LESS, 5))));
    }

    @Test
    void commasInQuotesPartNoValues() throws ProblemException {
        assertThat(ImageFilter.parse("label:\"a, b\",c"))
                .isEqualTo(new Or(List.of(new HasLabel("a, b"), new HasLabel("c"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "label:a (tag:b | character 9 | not closed",
                "label:a ) | character 9 | does not belong here",
                "label:a or | character 11 | a term is missing",
                "or label:a | character 1 | a term is missing",
                "label:\"a | character 7 | not closed",
                "colour:red | character 1 | only label",
                "state:tired | character 1 | none of new",
                "label: | character 1 | nothing stands after",
                "objects=1..2.5 | character 1 | no number of objects",
                "score<0.1..0.2 | character 1 | a range is written as",
                "objects>0.5 | character 1 | no number of objects",
                "objects>99999999999 | character 1 | no number of objects",
            })
    void whatCannotBeReadIsNamedWithItsPlace(String text, String place, String words) {
        assertThatThrownBy(() -> ImageFilter.parse(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(words);
        var fault = ImageFilter.check(text).orElseThrow();
        assertThat("character " + (fault.place() + 1)).isEqualTo(place);
        assertThat(fault.words()).contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "not "})
    void nestingHasABound(String opening) {
        assertThatThrownBy(() -> ImageFilter.parse(opening.repeat(2000) + "label:a"))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> ImageFilter.parse("x".repeat(10_001)))
                .hasMessageContaining("too long");
    }

    @Test
    void anySignsAreWords() throws ProblemException {
        var file = folder.resolve("p.palimpsest");
        try (var project = Project.create(file, InstantSource.fixed(RandomEdits.NOW))) {
            for (var words :
                    List.of("*", "a* OR b", "NEAR(a b)", "'", "a\"b", "%_", "\u0000", "^a")) {
                assertThat(project.count(new SaysWords(words))).as(words).isZero();
                assertThat(project.count(new Named(words))).as(words).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void filtersFindWhatAnEvaluationInMemoryFinds(long seed) throws ProblemException {
        var edits = new RandomEdits(seed, folder.resolve("Straße Äpfel"));
        var random = new Random(seed);
        var file = folder.resolve("p.palimpsest");
        try (var project = Project.create(file, InstantSource.fixed(RandomEdits.NOW))) {
            for (int i = 0; i < 100; i++) {
                project.apply(edits.next());
            }
            var note = edits.images().getFirst();
            project.apply(ReplaceDetails.of(note, note.details().withNotes("ÜBER alles")));
            for (int round = 0; round < 2; round++) {
                var images = new ArrayList<AnnotatedImage>();
                project.dataset(ImageFilter.ALL).forEach(images::add);
                for (int i = 0; i < 200; i++) {
                    var filter = randomFilter(random, 3);
                    var wanted = images.stream().filter(matches(filter)).toList();
                    assertThat(project.count(filter)).as(filter + "").isEqualTo(wanted.size());
                    assertThat(pages(project, filter))
                            .as(filter + "")
                            .isEqualTo(wanted.stream().map(image -> image.image().id()).toList());
                }
                for (int i = 0; i < 60; i++) {
                    project.undo();
                }
            }
        }
    }

    private static List<Object> pages(Project project, ImageFilter filter) throws ProblemException {
        var ids = new ArrayList<>();
        for (long after = ImagePage.START; after != ImagePage.END; ) {
            var page = project.page(filter, after, 3);
            for (var line : page.images()) {
                var image = project.image(line.image().id()).orElseThrow();
                assertThat(line)
                        .isEqualTo(
                                new ImagePage.Line(
                                        image.image(),
                                        image.details().state(),
                                        image.details().split(),
                                        image.objects().size(),
                                        image.texts().size()));
                ids.add(line.image().id());
            }
            after = page.next();
        }
        return ids;
    }

    private static ImageFilter randomFilter(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 21 : 17);
        return switch (kind) {
            case 0 -> new ImageFilter.InState(ImageState.values()[random.nextInt(6)]);
            case 1 -> new ImageFilter.InSplit(Split.values()[random.nextInt(4)]);
            case 2 -> new Tagged(random.nextBoolean() ? "night" : "nothing");
            case 3, 4 ->
                    new HasLabel(List.of("cat", "small dog", "猫", "none").get(random.nextInt(4)));
            case 5 -> new ImageFilter.CheckedAbsent("cat");
            case 6 -> new ImageFilter.HasReview(ReviewState.values()[random.nextInt(3)]);
            case 7 -> new ImageFilter.HasOrigin(ImageFilter.Origin.values()[random.nextInt(4)]);
            case 8 -> new ImageFilter.FromModel(random.nextBoolean() ? "toy" : "other");
            case 9 -> new SaysWords(random.nextBoolean() ? "CAT on a" : "more more");
            case 10 -> new Named(List.of("I1", "äPFEL", "über", "again\"").get(random.nextInt(4)));
            case 11 -> new ImageFilter.Score(comparison(random), random.nextInt(5) / 4.0);
            case 12 -> new ImageFilter.Objects(comparison(random), random.nextInt(20));
            case 13 -> new ImageFilter.Texts(comparison(random), random.nextInt(8));
            case 14 -> {
                double from = random.nextInt(8) / 8.0;
                yield new ImageFilter.Within(
                        Measure.values()[random.nextInt(3)],
                        random.nextInt(4) == 0 ? Double.NEGATIVE_INFINITY : from,
                        random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : from + 0.3);
            }
            case 15 -> new ImageFilter.Edits(comparison(random), random.nextInt(6));
            case 16 ->
                    new ImageFilter.FromPrompt(
                            List.of("caption en", "detect cat", "none").get(random.nextInt(3)));
            case 17 -> new Not(randomFilter(random, depth - 1));
            case 18 -> new Or(several(random, depth));
            default -> new And(several(random, depth));
        };
    }

    private static List<ImageFilter> several(Random random, int depth) {
        var all = new ArrayList<ImageFilter>();
        for (int i = random.nextInt(4); i > 0; i--) {
            all.add(randomFilter(random, depth - 1));
        }
        return all;
    }

    private static Comparison comparison(Random random) {
        return Comparison.values()[random.nextInt(5)];
    }

    private static Predicate<AnnotatedImage> matches(ImageFilter filter) {
        return image ->
                switch (filter) {
                    case And(var all) -> all.stream().allMatch(one -> matches(one).test(image));
                    case Or(var all) -> all.stream().anyMatch(one -> matches(one).test(image));
                    case Not(var one) -> !matches(one).test(image);
                    case ImageFilter.InState(var state) -> image.details().state() == state;
                    case ImageFilter.InSplit(var split) -> image.details().split() == split;
                    case Tagged(var tag) -> image.details().tags().contains(tag);
                    case HasLabel(var label) ->
                            image.objects().stream().anyMatch(one -> one.label().equals(label));
                    case ImageFilter.CheckedAbsent(var label) ->
                            image.details().labelChecks().get(label) == LabelCheck.ABSENT;
                    case ImageFilter.HasReview(var review) ->
                            any(image, one -> one.review() == review);
                    case ImageFilter.HasOrigin(var origin) ->
                            any(image, one -> origin(one.provenance()) == origin);
                    case ImageFilter.FromModel(var model) ->
                            any(
                                    image,
                                    one ->
                                            one.provenance().source()
                                                            instanceof Provenance.Predicted made
                                                    && made.model().equals(model));
                    case SaysWords(var words) ->
                            image.texts().stream()
                                    .anyMatch(one ->
                                            (" " + one.text() + " ")
                                                    .toLowerCase(Locale.ROOT)
                                                    .contains(
                                                            " "
                                                                    + words.toLowerCase(Locale.ROOT)
                                                                    + " "));
                    case Named(var part) ->
                            (image.image().file() + "\n" + image.details().notes())
                                    .toLowerCase(Locale.ROOT)
                                    .contains(part.toLowerCase(Locale.ROOT));
                    case ImageFilter.Score(var comparison, double value) ->
                            any(
                                    image,
                                    one ->
                                            one.provenance().score().isPresent()
                                                    && holds(
                                                            one.provenance().score().getAsDouble(),
                                                            comparison,
                                                            value));
                    case ImageFilter.Within(var measure, double from, double below) ->
                            any(
                                    image,
                                    one ->
                                            measured(image, one, measure).stream()
                                                    .anyMatch(v -> v >= from && v < below));
                    case ImageFilter.Edits(var comparison, int value) ->
                            holds(
                                    (int)
                                            image.annotations().stream()
                                                    .mapToLong(ImageFilterTest::edits)
                                                    .sum(),
                                    comparison,
                                    value);
                    case ImageFilter.FromPrompt(var prompt) ->
                            any(
                                    image,
                                    one ->
                                            (one.provenance().source()
                                                                    instanceof
                                                                    Provenance.Predicted made
                                                            && made.prompt().equals(prompt))
                                                    || (one instanceof TextAnnotation text
                                                            && text.prompt().equals(prompt)));
                    case ImageFilter.Objects(var comparison, int value) ->
                            holds(image.objects().size(), comparison, value);
                    case ImageFilter.Texts(var comparison, int value) ->
                            holds(image.texts().size(), comparison, value);
                };
    }

    private static boolean any(AnnotatedImage image, Predicate<Annotation> condition) {
        return image.annotations().stream().anyMatch(condition);
    }

    private static OptionalDouble measured(
            AnnotatedImage image, Annotation annotation, Measure measure) {
        if (measure == Measure.SCORE) {
            return annotation.provenance().score();
        }
        if (!(annotation instanceof ObjectAnnotation object)) {
            return OptionalDouble.empty();
        }
        var box = object.region().bounds();
        double width = box.xMax() - box.xMin();
        double height = box.yMax() - box.yMin();
        var size = image.image().size();
        return measure == Measure.AREA
                ? OptionalDouble.of(width * height / (1.0 * size.width() * size.height()))
                : height == 0 ? OptionalDouble.empty() : OptionalDouble.of(width / height);
    }

    private static int edits(Annotation annotation) {
        var origin = origin(annotation.provenance());
        return (origin == ImageFilter.Origin.DRAWN || origin == ImageFilter.Origin.CORRECTED
                        ? 1
                        : 0)
                + (annotation.review() == ReviewState.REJECTED ? 1 : 0);
    }

    private static ImageFilter.Origin origin(Provenance provenance) {
        return switch (provenance) {
            case Provenance.Drawn _ -> ImageFilter.Origin.DRAWN;
            case Provenance.Predicted _ -> ImageFilter.Origin.PREDICTED;
            case Provenance.Imported _ -> ImageFilter.Origin.IMPORTED;
            case Provenance.Corrected _ -> ImageFilter.Origin.CORRECTED;
        };
    }

    private static boolean holds(double one, Comparison comparison, double other) {
        return switch (comparison) {
            case LESS -> one < other;
            case AT_MOST -> one <= other;
            case EQUAL -> one == other;
            case AT_LEAST -> one >= other;
            case MORE -> one > other;
        };
    }
}
