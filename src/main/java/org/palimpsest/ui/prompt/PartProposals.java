package org.palimpsest.ui.prompt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.inference.Prediction;

/// Brings what was found in a part of an image into the image.
final class PartProposals {
    private PartProposals() {}

    /// Leaves alone what was found in other parts, but replaces what nobody looked at of the same part.
    ///
    /// @return empty where nothing changes
    static List<Edit> edits(AnnotatedImage image, Prediction prediction) {
        var edits = new ArrayList<Edit>();
        var outdated = new HashSet<AnnotationId>();
        var part = prediction.request().scope().settings();
        for (var annotation : image.annotations()) {
            if (annotation.review() == ReviewState.UNREVIEWED
                    && annotation.provenance() instanceof Provenance.Predicted predicted
                    && predicted.prompt().equals(prediction.request().task().prompt())
                    && predicted.settings().startsWith(part)) {
                outdated.add(annotation.id());
            }
        }
        var left = image;
        if (!outdated.isEmpty()) {
            var removal = RemoveAnnotations.from(image, outdated);
            edits.add(removal);
            left = removal.applyTo(image);
        }
        if (!prediction.annotations().isEmpty()) {
            edits.add(AddAnnotations.onTopOf(left, prediction.annotations()));
        }
        return edits;
    }
}
