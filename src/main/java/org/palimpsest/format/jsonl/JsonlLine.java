package org.palimpsest.format.jsonl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.format.Finding.Severity;

/// What one line of a training file says, and what is wrong with it.
///
/// @param number counted from 1
/// @param ending how the line ends
/// @param example empty where the line is none
/// @param kinds the kind of value of each key, such as `STRING`; empty where the line is no JSON object
/// @param notes what is wrong
public record JsonlLine(
        long number,
        Ending ending,
        Optional<JsonlExample> example,
        Map<String, String> kinds,
        List<Note> notes) {

    /// How a line ends.
    public enum Ending {
        LINE_FEED,
        CARRIAGE_RETURN_AND_LINE_FEED,
        END_OF_FILE
    }

    /// Something that is wrong with a line.
    ///
    /// @param severity what it means for the import
    /// @param message in words for the person
    public record Note(JsonlRule rule, Severity severity, String message) {}

    public JsonlLine {
        kinds = Map.copyOf(kinds);
        notes = List.copyOf(notes);
    }
}
