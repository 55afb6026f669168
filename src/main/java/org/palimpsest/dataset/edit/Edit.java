package org.palimpsest.dataset.edit;

import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelSet;

/// A change to the data set, to the annotations of one or several images most often, as a value.
///
/// An edit holds all that it takes away, so that its inverse needs nothing else: applying an edit and then its
/// inverse gives an equal image back, annotations in the same order.
public sealed interface Edit
        permits AddAnnotations,
                RemoveAnnotations,
                ReplaceAnnotation,
                RelabelObjects,
                ReplaceDetails,
                AddImage,
                RemoveImage,
                ReplaceLabels,
                RenameLabel,
                EditGroup {

    /// The edit that takes this one back.
    Edit inverse();

    /// The images that this edit changes.
    Set<ImageId> images();

    /// The image after this edit; the same image where the edit is about others.
    ///
    /// @throws IllegalStateException if the image is not as the edit expects it, such as when an annotation that
    ///     it removes is not there
    AnnotatedImage applyTo(AnnotatedImage image);

    /// The labels after this edit; the same labels where the edit is about images.
    ///
    /// @throws IllegalStateException if the labels are not as the edit expects them
    default LabelSet applyTo(LabelSet labels) {
        return labels;
    }

    /// What a menu shows behind “Undo”, such as `add circle`.
    String title();
}
