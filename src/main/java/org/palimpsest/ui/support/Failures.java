package org.palimpsest.ui.support;

import org.palimpsest.problem.Problem;

/// Words for failures that nobody foresaw.
final class Failures {
    private Failures() {}

    static Problem describe(String work, Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return new Problem(
                    work + " needs more memory than there is",
                    "",
                    "Close other programs, or start with a larger -Xmx");
        }
        var message = cause.getMessage();
        return new Problem(
                work + " failed",
                cause.getClass().getSimpleName() + (message == null ? "" : ": " + message),
                "This is a mistake of the program; the log has the details");
    }
}
