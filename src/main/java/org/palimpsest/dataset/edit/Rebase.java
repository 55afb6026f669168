package org.palimpsest.dataset.edit;

import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;
import org.palimpsest.dataset.AnnotatedImage;

/// Makes an edit fit an image that changed after the edit was made, as when a model's answer was saved in between.
public final class Rebase {
    private Rebase() {}

    /// The edit that does the same to the image as it is now; empty where what it changes is not there any more.
    public static Optional<Edit> onto(AnnotatedImage image, Edit edit) {
        try {
            var rebased = rebase(image, edit);
            rebased.applyTo(image);
            return Optional.of(rebased);
        } catch (IllegalStateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Edit rebase(AnnotatedImage image, Edit edit) {
        return switch (edit) {
            case AddAnnotations(var id, var added) when id.equals(image.image().id()) ->
                    AddAnnotations.onTopOf(
                            image, added.stream().map(PlacedAnnotation::annotation).toList());
            case RemoveAnnotations(var id, var removed) when id.equals(image.image().id()) ->
                    RemoveAnnotations.from(
                            image,
                            removed.stream()
                                    .map(placed -> placed.annotation().id())
                                    .collect(Collectors.toSet()));
            case ReplaceDetails(var id, _, var after) when id.equals(image.image().id()) ->
                    ReplaceDetails.of(image, after);
            case EditGroup(var title, var edits) -> {
                var rebased = new ArrayList<Edit>();
                var current = image;
                for (var one : edits) {
                    var next = rebase(current, one);
                    rebased.add(next);
                    current = next.applyTo(current);
                }
                yield new EditGroup(title, rebased);
            }
            case AddAnnotations _,
                    RemoveAnnotations _,
                    ReplaceAnnotation _,
                    RelabelObjects _,
                    ReplaceDetails _,
                    AddImage _,
                    RemoveImage _,
                    ReplaceLabels _,
                    RenameLabel _ ->
                    edit;
        };
    }
}
