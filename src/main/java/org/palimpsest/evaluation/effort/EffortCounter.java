package org.palimpsest.evaluation.effort;

import java.util.ArrayList;
import java.util.List;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.evaluation.effort.Pairing.Pair;
import org.palimpsest.evaluation.text.EditDistance;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;

/// Counts the edits of one image.
final class EffortCounter {
    /// Objects that overlap less are different ones.
    private static final double SAME_PLACE = 0.5;

    private final Size image;
    private final double closeEnough;
    private int relabelled;
    private int moved;
    private int reshaped;
    private double iouSum;
    private int textsChanged;
    private long characters;

    /// @param closeEnough from which overlap on a person leaves an object where it is
    EffortCounter(Size image, double closeEnough) {
        this.image = image;
        this.closeEnough = closeEnough;
    }

    CorrectionEffort count(List<? extends Annotation> before, List<? extends Annotation> after) {
        var objects = Pairing.of(objects(before), objects(after));
        pairObjects(objects).forEach(this::countObject);
        var texts = Pairing.of(texts(before), texts(after));
        pairTexts(texts).forEach(this::countText);
        for (var added : texts.after()) {
            characters += added.text().codePointCount(0, added.text().length());
        }
        return new CorrectionEffort(
                1,
                objects.after().size(),
                objects.before().size(),
                relabelled,
                moved,
                reshaped,
                iouSum,
                texts.after().size(),
                texts.before().size(),
                textsChanged,
                characters);
    }

    private List<PlacedObject> objects(List<? extends Annotation> annotations) {
        return annotations.stream()
                .filter(annotation -> annotation.review() != ReviewState.REJECTED)
                .filter(ObjectAnnotation.class::isInstance)
                .map(object -> new PlacedObject((ObjectAnnotation) object, image))
                .toList();
    }

    private static List<TextAnnotation> texts(List<? extends Annotation> annotations) {
        return annotations.stream()
                .filter(annotation -> annotation.review() != ReviewState.REJECTED)
                .filter(TextAnnotation.class::isInstance)
                .map(TextAnnotation.class::cast)
                .toList();
    }

    private static List<Pair<PlacedObject>> pairObjects(Pairing<PlacedObject> objects) {
        var pairs = new ArrayList<Pair<PlacedObject>>();
        pairs.addAll(
                objects.take(
                        (a, b) -> a.annotation().id().equals(b.annotation().id()), (_, _) -> 1, 0));
        pairs.addAll(
                objects.take(
                        (a, b) -> a.annotation().label().equals(b.annotation().label()),
                        PlacedObject::iou,
                        SAME_PLACE));
        pairs.addAll(objects.take((_, _) -> true, PlacedObject::iou, SAME_PLACE));
        return pairs;
    }

    private void countObject(Pair<PlacedObject> pair) {
        var before = pair.before();
        var after = pair.after();
        if (!before.annotation().label().equals(after.annotation().label())) {
            relabelled++;
        }
        if (before.isWhere(after)) {
            return;
        }
        double overlap = before.iou(after);
        if (overlap >= closeEnough) {
            return;
        }
        iouSum += overlap;
        if (before.region() instanceof Box && after.region() instanceof Box) {
            moved++;
        } else {
            reshaped++;
        }
    }

    private static List<Pair<TextAnnotation>> pairTexts(Pairing<TextAnnotation> texts) {
        var pairs = new ArrayList<Pair<TextAnnotation>>();
        pairs.addAll(texts.take((a, b) -> a.id().equals(b.id()), (_, _) -> 1, 0));
        pairs.addAll(
                texts.take(
                        (a, b) -> a.prompt().equals(b.prompt()),
                        (a, b) -> -EditDistance.ofCharacters(a.text(), b.text()),
                        Double.NEGATIVE_INFINITY));
        return pairs;
    }

    private void countText(Pair<TextAnnotation> pair) {
        var before = pair.before();
        var after = pair.after();
        if (!before.text().equals(after.text()) || !before.prompt().equals(after.prompt())) {
            textsChanged++;
            characters += EditDistance.ofCharacters(before.text(), after.text());
        }
    }
}
