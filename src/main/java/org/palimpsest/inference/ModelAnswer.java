package org.palimpsest.inference;

import java.util.List;
import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.EdgeRanges;
import org.palimpsest.geometry.Mask;
import org.palimpsest.paligemma.prompt.ParsedOutput;

/// What a model said, and what it means on the picture.
///
/// @param text the answer as it was written, with its location and segmentation tokens
/// @param output the same read as the task demands
/// @param objects what it found, in pixels of the picture
/// @param tokens in the order of the text
/// @param end why it stopped
/// @param speed how fast it was
public record ModelAnswer(
        String text,
        ParsedOutput output,
        List<FoundShape> objects,
        List<AnswerToken> tokens,
        End end,
        AnswerSpeed speed) {

    public ModelAnswer {
        objects = List.copyOf(objects);
        tokens = List.copyOf(tokens);
    }

    /// Why an answer ends.
    public enum End {
        /// The model said that it was done.
        COMPLETE,
        /// The limit of new tokens was reached; the answer may be cut short.
        LIMIT,
        /// Somebody cancelled.
        CANCELLED
    }

    /// One object of the answer.
    ///
    /// @param score how sure the model was, 0 to 1
    /// @param edges the range in which each edge lies, where the model tells
    /// @param mask its pixels, where the task asked for them
    public record FoundShape(
            String label, Box box, double score, Optional<EdgeRanges> edges, Optional<Mask> mask) {}
}
