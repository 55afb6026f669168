package org.palimpsest.inference;

import java.util.List;
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
    /// @param objects those that are complete so far, in the order of the text
    /// @param fraction how much is done, 0 to 1; negative where that is not known
    record Running(
            String activity,
            String textSoFar,
            int tokens,
            double tokensPerSecond,
            List<ArrivingObject> objects,
            double fraction)
            implements JobState {
        private static final double UNKNOWN = -1;

        public Running {
            objects = List.copyOf(objects);
        }

        /// Work before the first token.
        static Running begun(String activity) {
            return new Running(activity, "", 0, 0, List.of(), UNKNOWN);
        }

        Running doing(String other) {
            return new Running(other, textSoFar, tokens, tokensPerSecond, objects, fraction);
        }
    }

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
