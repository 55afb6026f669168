package org.palimpsest.ui.support;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.EditGroup;
import org.palimpsest.dataset.edit.Rebase;
import org.palimpsest.dataset.edit.RelabelObjects;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.RemoveImage;
import org.palimpsest.dataset.edit.RenameLabel;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.dataset.edit.ReplaceLabels;

/// What follows from an edit that a person makes.
final class PersonsEdit {
    private PersonsEdit() {}

    /// The edit, with the image put in progress where that is not so yet and the edit itself does not say how far it is.
    static Edit withProgress(AnnotatedImage image, Edit edit) {
        boolean begins =
                switch (image.details().state()) {
                    case NEW, PREDICTED, EMPTY -> true;
                    case IN_PROGRESS, DONE, REJECTED -> false;
                };
        if (!begins
                || !edit.images().contains(image.image().id())
                || removes(edit, image.image().id())) {
            return edit;
        }
        var details = edit.applyTo(image).details();
        if (!details.equals(image.details())) {
            return edit; // It says itself how far the image is.
        }
        return new EditGroup(
                edit.title(),
                List.of(edit, ReplaceDetails.of(image, details.withState(ImageState.IN_PROGRESS))));
    }

    /// Whether the image is not in the project any more afterwards.
    static boolean removes(Edit edit, ImageId image) {
        return switch (edit) {
            case RemoveImage(var removed) -> removed.image().id().equals(image);
            case EditGroup(_, var edits) -> edits.stream().anyMatch(one -> removes(one, image));
            case AddAnnotations _,
                    RemoveAnnotations _,
                    ReplaceAnnotation _,
                    RelabelObjects _,
                    ReplaceDetails _,
                    AddImage _,
                    ReplaceLabels _,
                    RenameLabel _ ->
                    false;
        };
    }

    /// New labels come at the end, as the project will do it.
    static LabelSet labels(AnnotatedImage after, @Nullable AnnotatedImage before, LabelSet labels) {
        if (before != null && after.annotations() == before.annotations()) {
            return labels;
        }
        List<Annotation> old = before == null ? List.of() : before.annotations();
        var known = new HashSet<>(labels.names());
        var all = labels;
        for (int i = 0; i < after.annotations().size(); i++) {
            var annotation = after.annotations().get(i);
            boolean same = i < old.size() && old.get(i) == annotation;
            if (!same
                    && annotation instanceof ObjectAnnotation object
                    && known.add(object.label())) {
                all = all.with(object.label());
            }
        }
        return all;
    }

    /// The image with edits that are not in the file yet, as far as they still fit.
    static AnnotatedImage after(AnnotatedImage read, List<Edit> unwritten) {
        var now = read;
        for (var edit : unwritten) {
            var before = now;
            now = Rebase.onto(before, edit).map(fitting -> fitting.applyTo(before)).orElse(before);
        }
        return now;
    }
}
