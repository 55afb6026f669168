package org.palimpsest.problem;

import org.jspecify.annotations.Nullable;

/// What the world did: a file, a device or a network that was not as it must be. Carries the [Problem] for the person.
///
/// A mistake of the program itself is an unchecked exception instead.
public final class ProblemException extends Exception {
    private final Problem problem;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    public ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.oneLine(), cause);
        this.problem = problem;
    }

    public ProblemException(String summary, String detail, String remedy) {
        this(new Problem(summary, detail, remedy), null);
    }

    public Problem problem() {
        return problem;
    }
}
