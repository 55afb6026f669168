package org.palimpsest.dataset.edit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Original;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;

/// The edits by which a person says what a model's proposals are worth.
public final class Reviews {
    /// From so many on, annotations are changed together instead of one by one.
    private static final int MANY = 32;

    private Reviews() {}

    /// Whether an annotation waits for a person: it came from a model or a file, and nobody has looked at it.
    public static boolean isWaiting(Annotation annotation) {
        return annotation.review() == ReviewState.UNREVIEWED && !annotation.provenance().isHuman();
    }

    /// The annotations of an image that wait for a person.
    public static List<Annotation> waiting(AnnotatedImage image) {
        return image.annotations().stream().filter(Reviews::isWaiting).toList();
    }

    /// Gives annotations of the image this state, as one step.
    ///
    /// @param title what a menu shows
    /// @return empty where all of them have it already
    public static Optional<Edit> review(
            AnnotatedImage image, List<Annotation> reviewed, ReviewState state, String title) {
        return change(image, reviewed, annotation -> annotation.withReview(state), title);
    }

    /// Changes annotations of the image, as one step.
    ///
    /// @param change gives an annotation of the same id
    /// @param title what a menu shows
    /// @return empty where nothing changes
    public static Optional<Edit> change(
            AnnotatedImage image,
            List<? extends Annotation> chosen,
            UnaryOperator<Annotation> change,
            String title) {
        Map<AnnotationId, Annotation> changed = new HashMap<>();
        for (var annotation : chosen) {
            var after = change.apply(annotation);
            if (!after.equals(annotation)) {
                changed.put(annotation.id(), after);
            }
        }
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        var edits = new ArrayList<Edit>();
        if (changed.size() < MANY) {
            for (var after : changed.values()) {
                edits.add(ReplaceAnnotation.in(image, after));
            }
        } else {
            var before = RemoveAnnotations.from(image, changed.keySet());
            edits.add(before);
            edits.add(
                    new AddAnnotations(
                            image.image().id(),
                            before.removed().stream()
                                    .map(place ->
                                            new PlacedAnnotation(
                                                    place.index(),
                                                    changed.getOrDefault(
                                                            place.annotation().id(),
                                                            place.annotation())))
                                    .toList()));
        }
        return Optional.of(new EditGroup(title, edits));
    }

    /// An annotation as it was before a person corrected it, to be reviewed again; empty where nobody did.
    public static Optional<Annotation> original(Annotation corrected) {
        if (!(corrected.provenance()
                instanceof Provenance.Corrected(var from, var original, _, _))) {
            return Optional.empty();
        }
        return switch (corrected) {
            case ObjectAnnotation object
                    when original instanceof Original.OfObject(var label, var region) ->
                    Optional.of(
                            new ObjectAnnotation(
                                    object.id(),
                                    label,
                                    region,
                                    from,
                                    ReviewState.UNREVIEWED,
                                    object.crowd(),
                                    object.attributes()));
            case TextAnnotation text when original instanceof Original.OfText(var words) -> {
                // The way of a correction keeps the links that still fit.
                var back = text.correctText(words, "", Instant.EPOCH);
                yield Optional.of(
                        new TextAnnotation(
                                text.id(),
                                text.prompt(),
                                words,
                                from,
                                ReviewState.UNREVIEWED,
                                text.attributes(),
                                back.links()));
            }
            case ObjectAnnotation _, TextAnnotation _ -> Optional.empty();
        };
    }
}
