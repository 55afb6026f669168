package org.palimpsest.format;

import org.palimpsest.problem.ProblemException;

/// Reads a data set of one format, as a stream: memory does not grow with the annotations.
public interface DatasetReader {

    /// Hands everything to the import's sink.
    ///
    /// A part that cannot be taken over is left out and becomes a finding; only what makes the whole file unreadable is
    /// thrown, and then the caller takes over nothing.
    ///
    /// @throws ProblemException if the data set as a whole cannot be read
    void read(DatasetImport data) throws ProblemException;
}
