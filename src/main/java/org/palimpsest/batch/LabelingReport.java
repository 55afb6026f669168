package org.palimpsest.batch;

import java.util.List;

/// What a labelling run did.
///
/// @param labelled images that were asked now
/// @param proposed annotations that came of it
/// @param done images that this run had done before
/// @param human images left alone because a person worked on them
/// @param answered images left alone because they have answers to this prompt
/// @param cutOff answers that were cut at the limit of tokens
/// @param failures the images that failed now or before and were not retried, with reasons
public record LabelingReport(
        long labelled,
        long proposed,
        long done,
        long human,
        long answered,
        long cutOff,
        List<Failure> failures) {
    public LabelingReport {
        failures = List.copyOf(failures);
    }

    /// @param image its file
    public record Failure(String image, String reason) {}
}
