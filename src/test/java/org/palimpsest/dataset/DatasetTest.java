package org.palimpsest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.dataset.Provenance.Corrected;
import org.palimpsest.dataset.Provenance.Drawn;
import org.palimpsest.dataset.Provenance.Imported;
import org.palimpsest.dataset.Provenance.Predicted;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;

class DatasetTest {
    private static final Instant MONDAY = Instant.parse("2026-11-02T08:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-03T08:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " cat", "cat ", "a\nb", "a\u0000b"})
    void whatIsNoNameIsNoLabel(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Label(name, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ObjectAnnotation.of(name, new Box(0, 0, 1, 1), new Drawn("Ada", MONDAY)));
    }

    @Test
    void aColourHasThreeBytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Label("cat", 0xFF000000));
    }

    @Test
    void labelsAreUniqueAndGetColoursThatAreNotUsedYet() {
        var set = LabelSet.ofNames(List.of("cat", "dog", "cat", "bird"));
        assertThat(set.names()).containsExactly("cat", "dog", "bird");
        assertThat(set.labels().stream().map(Label::rgb)).doesNotHaveDuplicates();
        assertThat(set.find("dog")).hasValue(new Label("dog", LabelSet.color(1)));
        assertThat(set.with("dog")).isSameAs(set);
        var own =
                new LabelSet(List.of(new Label("cat", LabelSet.color(1)))).with("dog").with("cow");
        assertThat(own.labels().stream().map(Label::rgb))
                .containsExactly(LabelSet.color(1), LabelSet.color(0), LabelSet.color(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelSet(List.of(new Label("a", 1), new Label("a", 2))));
    }

    @Test
    void thereMayBeMoreLabelsThanColours() {
        var many = LabelSet.ofNames(IntStream.range(0, 100).mapToObj(i -> "label " + i).toList());
        assertThat(many.labels()).hasSize(100);
    }

    @Test
    void aCorrectionRemembersTheFirstSource() {
        var predicted = new Predicted("model", "detect cat", 0.75, MONDAY);
        var first = new Original.OfText("a cat");
        var second = new Original.OfText("a dog");
        var once = predicted.correctedBy("Ada", MONDAY, first);
        var twice = once.correctedBy("Grace", TUESDAY, second);
        assertThat(twice).isEqualTo(new Corrected(predicted, first, "Grace", TUESDAY));
        assertThat(twice.score()).isEqualTo(OptionalDouble.of(0.75));
        assertThat(new Drawn("Ada", MONDAY).correctedBy("Grace", TUESDAY, first))
                .isEqualTo(new Drawn("Grace", TUESDAY));
        var imported = new Imported("COCO", "instances.json");
        assertThat(imported.correctedBy("Ada", MONDAY, first))
                .isEqualTo(new Corrected(imported, first, "Ada", MONDAY));
        assertThat(imported.score()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Corrected(once, first, "Ada", MONDAY));
    }

    @Test
    void aScoreIsAProbability() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Predicted("m", "p", 1.5, MONDAY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Predicted("m", "p", Double.NaN, MONDAY));
    }

    @Test
    void correctingAnAnnotationAcceptsItAndKeepsItsId() {
        var proposed =
                ObjectAnnotation.of(
                        "cat", new Box(0, 0, 1, 1), new Predicted("m", "detect cat", 0.5, MONDAY));
        var moved = proposed.correctRegion(new Box(1, 1, 2, 2), "Ada", TUESDAY);
        assertThat(moved)
                .isEqualTo(
                        new ObjectAnnotation(
                                proposed.id(),
                                "cat",
                                new Box(1, 1, 2, 2),
                                new Corrected(
                                        proposed.provenance(),
                                        new Original.OfObject("cat", new Box(0, 0, 1, 1)),
                                        "Ada",
                                        TUESDAY),
                                ReviewState.ACCEPTED));
        assertThat(moved.correctLabel("dog", "Ada", TUESDAY).label()).isEqualTo("dog");
        var text = TextAnnotation.of("caption en", "a cat", proposed.provenance());
        assertThat(text.correctText("a dog", "Ada", TUESDAY).review())
                .isEqualTo(ReviewState.ACCEPTED);
        assertThat(text.withReview(ReviewState.REJECTED).text()).isEqualTo("a cat");
    }

    @Test
    void anImageHasEachAnnotationOnce() {
        var entry = new ImageEntry(ImageId.random(), Path.of("a.png"), new Size(4, 4));
        var object = ObjectAnnotation.of("cat", new Box(0, 0, 1, 1), new Drawn("Ada", MONDAY));
        var text = TextAnnotation.of("ocr", "STOP", new Drawn("Ada", MONDAY));
        var image = new AnnotatedImage(entry).withAnnotations(List.of(text, object));
        assertThat(image.objects()).containsExactly(object);
        assertThat(image.texts()).containsExactly(text);
        assertThat(image.find(object.id())).hasValue(object);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> image.withAnnotations(List.of(object, object)));
    }

    @Test
    void idsAreReadBack() {
        var id = ImageId.random();
        assertThat(ImageId.parse(id.toString())).isEqualTo(id);
        assertThatIllegalArgumentException().isThrownBy(() -> AnnotationId.parse("7"));
    }
}
