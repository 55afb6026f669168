package org.palimpsest.dataset.edit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;

/// The edits by which a model's answer comes into an image.
public final class Proposals {
    private Proposals() {}

    /// Puts what a model proposed in the place of what was proposed for the same prompt before and nobody looked at, and
    /// marks a new image as predicted.
    ///
    /// @return empty where nothing changes
    public static List<Edit> edits(
            AnnotatedImage image, String prompt, List<? extends Annotation> proposed) {
        var outdated = new HashSet<AnnotationId>();
        for (var annotation : image.annotations()) {
            if (annotation.review() == ReviewState.UNREVIEWED
                    && annotation.provenance() instanceof Provenance.Predicted predicted
                    && predicted.prompt().equals(prompt)) {
                outdated.add(annotation.id());
            }
        }
        var edits = new ArrayList<Edit>();
        var left = image;
        if (!outdated.isEmpty()) {
            var removal = RemoveAnnotations.from(image, outdated);
            edits.add(removal);
            left = removal.applyTo(image);
        }
        if (!proposed.isEmpty()) {
            edits.add(AddAnnotations.onTopOf(left, proposed));
        }
        if (image.details().state() == ImageState.NEW) {
            edits.add(ReplaceDetails.of(image, image.details().withState(ImageState.PREDICTED)));
        }
        return edits;
    }
}
