package org.palimpsest.dataset;

/// Ties a phrase of a text to an object in the image.
///
/// @param start first character of the phrase, in UTF-16 units as in [String#substring(int, int)]
/// @param end behind its last character
/// @param object the object's id in the same image
public record PhraseLink(int start, int end, AnnotationId object) {

    /// @throws IllegalArgumentException if the phrase is empty or begins before the text
    public PhraseLink {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("No phrase from " + start + " to " + end);
        }
    }
}
