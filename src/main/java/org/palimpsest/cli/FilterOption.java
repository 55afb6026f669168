package org.palimpsest.cli;

import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import picocli.CommandLine.Option;

/// The option of every command that works on some of a project's images.
final class FilterOption {
    @Option(
            names = "--where",
            paramLabel = "FILTER",
            description = "Of a project: which images ('project list --help' explains filters).")
    private String where = "";

    /// The filter as it was written.
    String text() {
        return where;
    }

    ImageFilter filter() throws ProblemException {
        return ImageFilter.parse(where);
    }
}
