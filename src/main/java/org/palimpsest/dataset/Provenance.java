package org.palimpsest.dataset;

import java.time.Instant;
import java.util.OptionalDouble;

/// Where an annotation came from.
public sealed interface Provenance {

    /// A person made it.
    ///
    /// @param by the person's name
    record Drawn(String by, Instant at) implements Provenance {}

    /// A model proposed it.
    ///
    /// @param model the model's name
    /// @param prompt what it was asked
    /// @param score how sure it was, 0 to 1, where it says so
    record Predicted(String model, String prompt, OptionalDouble score, Instant at)
            implements Provenance {

        /// @throws IllegalArgumentException if the score is outside of 0 to 1
        public Predicted {
            double value = score.orElse(0);
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("Score is not between 0 and 1: " + value);
            }
        }

        public Predicted(String model, String prompt, double score, Instant at) {
            this(model, prompt, OptionalDouble.of(score), at);
        }
    }

    /// It was read from a file.
    ///
    /// @param format the file's format
    /// @param file its name
    record Imported(String format, String file) implements Provenance {}

    /// A person changed what came from elsewhere.
    ///
    /// @param from where it came from at first; never itself a correction
    /// @param by who changed it last
    /// @param at when it was changed last
    record Corrected(Provenance from, String by, Instant at) implements Provenance {
        public Corrected {
            if (from instanceof Corrected) {
                throw new IllegalArgumentException("A correction names the first source: " + from);
            }
        }
    }

    /// What this becomes when a person changes the annotation: their own drawing stays theirs, a correction stays
    /// a correction of the first source.
    default Provenance correctedBy(String by, Instant at) {
        return switch (this) {
            case Drawn _ -> new Drawn(by, at);
            case Corrected(var from, _, _) -> new Corrected(from, by, at);
            case Predicted _, Imported _ -> new Corrected(this, by, at);
        };
    }

    /// The model's score, where a model was the first source and gave one.
    default OptionalDouble score() {
        return switch (this) {
            case Predicted predicted -> predicted.score();
            case Corrected(Predicted predicted, _, _) -> predicted.score();
            case Corrected _, Drawn _, Imported _ -> OptionalDouble.empty();
        };
    }
}
