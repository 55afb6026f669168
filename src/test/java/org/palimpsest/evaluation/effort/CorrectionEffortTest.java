package org.palimpsest.evaluation.effort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

class CorrectionEffortTest {
    private static final Size IMAGE = new Size(100, 100);
    private static final Box PLACE = new Box(10, 10, 20, 20);
    private static final Provenance MODEL = new Provenance.Drawn("test", Instant.EPOCH);

    private static ObjectAnnotation object(String label, Region region) {
        return ObjectAnnotation.of(label, region, MODEL);
    }

    private static TextAnnotation text(String prompt, String text) {
        return TextAnnotation.of(prompt, text, MODEL);
    }

    private static CorrectionEffort effort(
            List<? extends Annotation> before, List<? extends Annotation> after) {
        return CorrectionEffort.of(IMAGE, before, after);
    }

    @Test
    void acceptingEverythingIsNoWork() {
        var cat = object("cat", PLACE);
        var caption = text("caption en", "a cat");
        var effort =
                effort(
                        List.of(cat, caption),
                        List.of(
                                caption.withReview(ReviewState.ACCEPTED),
                                cat.withReview(ReviewState.ACCEPTED)));
        assertThat(effort).isEqualTo(new CorrectionEffort(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(effort.actions()).isZero();
    }

    @Test
    void anObjectThatWasRenamedAndMovedIsTwoActionsByItsIdWhereverItIsNow() {
        var cat = object("cat", PLACE);
        var dog =
                cat.correctLabel("dog", "me", Instant.EPOCH)
                        .correctRegion(PLACE.translate(50, 0), "me", Instant.EPOCH);
        assertThat(effort(List.of(cat), List.of(dog)))
                .isEqualTo(new CorrectionEffort(1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void aRejectedObjectIsRemovedAndANewOneAdded() {
        var cat = object("cat", PLACE);
        var other = object("cat", PLACE.translate(30, 30));
        assertThat(effort(List.of(cat), List.of(cat.withReview(ReviewState.REJECTED), other)))
                .isEqualTo(new CorrectionEffort(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void newIdsArePairedByLabelAndPlace() {
        var before = List.of(object("cat", PLACE), object("cat", PLACE.translate(2, 0)));
        var after = List.of(object("cat", PLACE.translate(3, 0)), object("cat", PLACE));
        var effort = effort(before, after);
        assertThat(effort.actions()).isOne();
        assertThat(effort.boxesMoved()).isOne();
        assertThat(effort.meanChangedIou()).isCloseTo(9.0 / 11, within(1e-12));
    }

    @Test
    void theSameLabelIsPreferredToABetterPlace() {
        var before = List.of(object("cat", PLACE));
        var after = List.of(object("dog", PLACE), object("cat", PLACE.translate(1, 0)));
        assertThat(effort(before, after))
                .isEqualTo(new CorrectionEffort(1, 1, 0, 0, 1, 0, 9.0 / 11, 0, 0, 0, 0));
    }

    @Test
    void anotherLabelAtTheSamePlaceIsARenaming() {
        assertThat(effort(List.of(object("cat", PLACE)), List.of(object("dog", PLACE))))
                .isEqualTo(new CorrectionEffort(1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0));
        assertThat(
                        effort(
                                        List.of(object("cat", PLACE)),
                                        List.of(object("dog", PLACE.translate(6, 0))))
                                .actions())
                .as("less than half of them in common: one removed, one added")
                .isEqualTo(2);
    }

    @Test
    void halfAPixelIsNoMove() {
        var before = List.of(object("cat", PLACE));
        assertThat(effort(before, List.of(object("cat", PLACE.translate(0.5, -0.5)))).actions())
                .isZero();
        assertThat(effort(before, List.of(object("cat", PLACE.translate(0.6, 0)))).actions())
                .isOne();
    }

    @Test
    void aMaskIsReshapedWhenAPixelDiffers() {
        var mask = Mask.of(100, 100, (x, y) -> x < 10 && y < 10);
        var same = Mask.of(100, 100, (x, y) -> x < 10 && y < 10);
        var larger = Mask.of(100, 100, (x, y) -> x < 10 && y < 20);
        assertThat(effort(List.of(object("cat", mask)), List.of(object("cat", same))).actions())
                .isZero();
        assertThat(effort(List.of(object("cat", mask)), List.of(object("cat", larger))))
                .isEqualTo(new CorrectionEffort(1, 0, 0, 0, 0, 1, 0.5, 0, 0, 0, 0));
        assertThat(
                        effort(
                                        List.of(object("cat", new Box(0, 0, 10, 10))),
                                        List.of(object("cat", mask)))
                                .actions())
                .as("the box covers just these pixels")
                .isZero();
    }

    @Test
    void textsArePairedByPromptTheMostSimilarFirst() {
        var before = List.of(text("caption en", "a cat"), text("caption en", "two dogs"));
        var after =
                List.of(
                        text("caption en", "two dog"),
                        text("caption en", "a 😀at"),
                        text("ocr", "😀1"));
        assertThat(effort(before, after))
                .isEqualTo(new CorrectionEffort(1, 0, 0, 0, 0, 0, 0, 1, 0, 2, 1 + 1 + 2));
        assertThat(effort(before, List.of()))
                .isEqualTo(new CorrectionEffort(1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0));
    }

    @Test
    void theReportSaysWhatTheModelSaves() {
        var cat = object("cat", PLACE);
        var dog = object("dog", PLACE.translate(50, 0));
        var caption = text("caption en", "a cat");
        var good = EffortReport.of(IMAGE, List.of(cat, dog), List.of(cat, dog, caption));
        assertThat(good.correcting().actions()).isEqualTo(1);
        assertThat(good.drawing().actions()).isEqualTo(3);
        assertThat(good.actionsSavedPerImage()).isEqualTo(2);

        var bad = EffortReport.of(IMAGE, List.of(cat, dog, caption), List.of());
        assertThat(bad.actionsSavedPerImage()).isEqualTo(-3);
        assertThat(good.plus(bad).actionsSavedPerImage()).isEqualTo(-0.5);
        assertThat(good.plus(bad).charactersSavedPerImage()).isZero();
        assertThat(EffortReport.NONE.actionsSavedPerImage()).isZero();
    }
}
