package org.palimpsest.dataset.edit;

import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;

import java.util.Set;

/// A change to the annotations of one or several images, as a value.
///
/// An edit holds all that it takes away, so that its inverse needs nothing else: applying an edit and then its
/// inverse gives an equal image back, annotations in the same order.
public sealed interface Edit
        permits AddAnnotations, RemoveAnnotations, ReplaceAnnotation, EditGroup {

    /// The edit that takes this one back.
    Edit inverse();

    /// The images that this edit changes.
    Set<ImageId> images();

    /// The image after this edit; the same image where the edit is about others.
    ///
    /// @throws IllegalStateException if the image is not as the edit expects it, such as when an annotation that
    ///     it removes is not there
    AnnotatedImage applyTo(AnnotatedImage image);

    /// What a menu shows behind “Undo”, such as `add circle`.
    String title();
}
