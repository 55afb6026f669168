package org.palimpsest.ui.evaluation;

import org.palimpsest.problem.Problem;

/// What the page says to the person, with what to do about it.
record Message(Kind kind, String title, String words) {
    enum Kind {
        HINT,
        ERROR
    }

    static Message of(Problem problem) {
        var words =
                problem.remedy().isEmpty()
                        ? problem.detail()
                        : problem.detail().isEmpty()
                                ? problem.remedy()
                                : problem.detail() + "\n" + problem.remedy();
        return new Message(Kind.ERROR, problem.summary(), words);
    }
}
