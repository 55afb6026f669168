package org.palimpsest.inference;

import org.palimpsest.problem.Problem;

/// How it stands with one request.
public sealed interface JobState {

    /// It waits.
    ///
    /// @param ahead how many requests come before it
    record Queued(int ahead) implements JobState {}

    /// It is being worked on.
    ///
    /// @param activity what is being done, in words
    /// @param textSoFar the answer as far as it is written
    /// @param tokens how many tokens that took
    /// @param tokensPerSecond how fast, 0 until that is known
    record Running(String activity, String textSoFar, int tokens, double tokensPerSecond)
            implements JobState {}

    /// It is done.
    record Succeeded(Prediction prediction) implements JobState {}

    /// It could not be done; the service goes on.
    record Failed(Problem problem) implements JobState {}

    /// Somebody stopped it.
    ///
    /// @param textSoFar what was written before
    record Cancelled(String textSoFar) implements JobState {}

    /// Whether nothing more will come.
    default boolean isFinal() {
        return switch (this) {
            case Queued _, Running _ -> false;
            case Succeeded _, Failed _, Cancelled _ -> true;
        };
    }
}
