package org.palimpsest.ui.support;

import org.palimpsest.problem.Problem;

/// Words for failures that nobody foresaw.
final class Failures {
    private Failures() {}

    static Problem describe(String work, Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return new Problem(
                    Texts.get("support.failure.memory", work),
                    "",
                    Texts.get("support.failure.memory.remedy"));
        }
        var message = cause.getMessage();
        return new Problem(
                Texts.get("support.failure", work),
                cause.getClass().getSimpleName() + (message == null ? "" : ": " + message),
                Texts.get("support.failure.remedy"));
    }
}
