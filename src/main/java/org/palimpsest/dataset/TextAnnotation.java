package org.palimpsest.dataset;

import java.time.Instant;

/// A text about an image: a caption, an answer, the text that can be read in it.
///
/// @param prompt the PaliGemma prompt that the text answers, such as `caption en`
public record TextAnnotation(
        AnnotationId id, String prompt, String text, Provenance provenance, ReviewState review)
        implements Annotation {

    /// A new text that nobody has reviewed.
    public static TextAnnotation of(String prompt, String text, Provenance provenance) {
        return new TextAnnotation(
                AnnotationId.random(), prompt, text, provenance, ReviewState.UNREVIEWED);
    }

    /// The text as a person wrote it anew, which accepts it.
    public TextAnnotation correctText(String corrected, String by, Instant at) {
        return new TextAnnotation(
                id, prompt, corrected, provenance.correctedBy(by, at), ReviewState.ACCEPTED);
    }

    @Override
    public TextAnnotation withReview(ReviewState reviewed) {
        return new TextAnnotation(id, prompt, text, provenance, reviewed);
    }
}
