package org.palimpsest.paligemma.prompt;

import java.util.List;

/// An answer and where in its text each well-formed object stands.
///
/// @param places one place per object of `output.wellFormed()`, in the same order; empty for text
public record AnswerReading(ParsedOutput output, List<Place> places) {
    public AnswerReading {
        places = List.copyOf(places);
    }

    /// Characters from `start` up to `end`, its tokens and its label.
    public record Place(int start, int end) {}
}
