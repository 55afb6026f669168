package org.palimpsest.batch;

import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;

/// What a model said to one prompt, as far as it is scored.
///
/// @param text as it was written, without blanks around it
/// @param malformed whether it breaks the rules of its task
/// @param found the objects in it
/// @param annotations what would be proposed to a person
public record EvaluatedAnswer(
        String prompt,
        String text,
        boolean malformed,
        List<Found> found,
        List<Annotation> annotations) {
    public EvaluatedAnswer {
        found = List.copyOf(found);
        annotations = List.copyOf(annotations);
    }

    /// An object that a model found.
    ///
    /// @param box in pixels of the image
    /// @param mask of the image's size, where the answer has one
    public record Found(String label, Box box, double score, Optional<Mask> mask) {}
}
