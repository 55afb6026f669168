package org.palimpsest.format;

import org.palimpsest.problem.ProblemException;

/// Writes a data set of one format, as a stream: memory does not grow with the data set.
public interface DatasetWriter {

    /// Writes everything into the export's folder, which becomes visible as a whole afterwards. The same data and
    /// options give the same bytes.
    void write(DatasetExport data) throws ProblemException;
}
