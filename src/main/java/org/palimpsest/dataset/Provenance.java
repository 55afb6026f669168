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
    /// @param checkpoint hash that tells this model's weights from others of the same name; empty where unknown
    /// @param settings how the answer was made where not greedily, such as `temperature=0.7 seed=1`; may be empty
    record Predicted(
            String model,
            String prompt,
            OptionalDouble score,
            Instant at,
            String checkpoint,
            String settings)
            implements Provenance {

        /// @throws IllegalArgumentException if the score is outside of 0 to 1
        public Predicted {
            requireScore(score);
        }

        public Predicted(String model, String prompt, OptionalDouble score, Instant at) {
            this(model, prompt, score, at, "", "");
        }

        public Predicted(String model, String prompt, double score, Instant at) {
            this(model, prompt, OptionalDouble.of(score), at);
        }
    }

    /// It was read from a file.
    ///
    /// @param format the format's name
    /// @param file the file's name
    /// @param score 0 to 1, where the file holds results of a model
    record Imported(String format, String file, OptionalDouble score) implements Provenance {

        /// @throws IllegalArgumentException if the score is outside of 0 to 1
        public Imported {
            requireScore(score);
        }

        public Imported(String format, String file) {
            this(format, file, OptionalDouble.empty());
        }
    }

    /// A person changed what came from elsewhere.
    ///
    /// @param from where it came from at first; never itself a correction
    /// @param original what it was at first
    /// @param by who changed it last
    /// @param at when it was changed last
    record Corrected(Provenance from, Original original, String by, Instant at)
            implements Provenance {
        public Corrected {
            if (from instanceof Corrected) {
                throw new IllegalArgumentException("A correction names the first source: " + from);
            }
        }
    }

    /// What this becomes when a person changes the annotation: their own drawing stays theirs, a correction stays
    /// a correction of the first source.
    ///
    /// @param before what the annotation is before this change
    default Provenance correctedBy(String by, Instant at, Original before) {
        return switch (this) {
            case Drawn _ -> new Drawn(by, at);
            case Corrected(var from, var original, _, _) -> new Corrected(from, original, by, at);
            case Predicted _, Imported _ -> new Corrected(this, before, by, at);
        };
    }

    /// The first source: what a correction was made of, everything else itself.
    default Provenance source() {
        return this instanceof Corrected corrected ? corrected.from() : this;
    }

    /// The model's score, where a model was the first source and gave one.
    default OptionalDouble score() {
        return switch (source()) {
            case Predicted predicted -> predicted.score();
            case Imported imported -> imported.score();
            case Corrected _, Drawn _ -> OptionalDouble.empty();
        };
    }

    /// Whether a person drew, wrote or corrected it.
    default boolean isHuman() {
        return this instanceof Drawn || this instanceof Corrected;
    }

    private static void requireScore(OptionalDouble score) {
        double value = score.orElse(0);
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("Score is not between 0 and 1: " + value);
        }
    }
}
