package org.palimpsest.ui.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.EditGroup;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.dataset.edit.Reviews;
import org.palimpsest.ui.support.Texts;

/// What the end of the work on an image changes, as one step each.
final class ReviewEdits {
    private ReviewEdits() {}

    /// Everything is right: what a model proposed and nobody looked at is accepted with it.
    static List<Edit> done(AnnotatedImage image) {
        var title = Texts.get("review.step.DONE");
        var edits = new ArrayList<Edit>();
        Reviews.review(image, Reviews.waiting(image), ReviewState.ACCEPTED, title)
                .ifPresent(edits::add);
        state(image, image.details(), ImageState.DONE, edits);
        return grouped(title, edits);
    }

    /// Nothing is there to annotate: what a person drew or accepted goes, what a model proposed was wrong.
    static List<Edit> empty(AnnotatedImage image) {
        var title = Texts.get("review.step.EMPTY");
        var edits = new ArrayList<Edit>();
        var kept = kept(image);
        var left = image;
        if (!kept.isEmpty()) {
            var removal =
                    RemoveAnnotations.from(
                            image, kept.stream().map(Annotation::id).collect(Collectors.toSet()));
            edits.add(removal);
            left = removal.applyTo(image);
        }
        Reviews.review(left, Reviews.waiting(left), ReviewState.REJECTED, title)
                .ifPresent(edits::add);
        state(left, image.details(), ImageState.EMPTY, edits);
        return grouped(title, edits);
    }

    /// The image does not belong into the data set, for this reason.
    static List<Edit> rejected(AnnotatedImage image, String reason) {
        var notes = image.details().notes();
        var details = image.details().withNotes(notes.isBlank() ? reason : notes + "\n" + reason);
        var edits = new ArrayList<Edit>();
        state(image, details, ImageState.REJECTED, edits);
        return grouped(Texts.get("review.step.REJECTED"), edits);
    }

    /// What a person says is there.
    static List<Annotation> kept(AnnotatedImage image) {
        return image.annotations().stream()
                .filter(one -> one.review() != ReviewState.REJECTED && !Reviews.isWaiting(one))
                .toList();
    }

    /// Whether a person is done with an image in this state.
    static boolean isFinished(ImageState state) {
        return Set.of(ImageState.DONE, ImageState.EMPTY, ImageState.REJECTED).contains(state);
    }

    private static void state(
            AnnotatedImage image, ImageDetails details, ImageState state, List<Edit> edits) {
        var after = details.withState(state);
        if (!after.equals(image.details())) {
            edits.add(ReplaceDetails.of(image, after));
        }
    }

    private static List<Edit> grouped(String title, List<Edit> edits) {
        return edits.isEmpty() ? List.of() : List.of(new EditGroup(title, edits));
    }
}
