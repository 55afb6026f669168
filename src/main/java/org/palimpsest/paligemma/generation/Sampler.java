package org.palimpsest.paligemma.generation;

import java.util.List;

/// How the next token is chosen.
public sealed interface Sampler {

    /// Always the most probable token.
    record Greedy() implements Sampler {}

    /// The tokens of a text that is there already, whose probability under the model is wanted.
    record Given(List<Integer> tokens) implements Sampler {

        /// @throws IllegalArgumentException if there is no token
        public Given {
            tokens = List.copyOf(tokens);
            if (tokens.isEmpty()) {
                throw new IllegalArgumentException("No token is given");
            }
        }
    }

    /// A token drawn at random: logits divided by the temperature, cut to the most probable ones.
    ///
    /// Every prompt of a batch draws from a sequence of its own that starts at the seed, so an answer does not depend on its
    /// neighbours.
    ///
    /// @param temperature below 1 prefers probable tokens, above 1 evens out
    /// @param topK how many of the most probable tokens are considered; 0 for all
    /// @param topP the most probable tokens are considered until their probabilities add up to this; 1 for all
    /// @param seed where the random sequence starts
    record Temperature(double temperature, int topK, double topP, long seed) implements Sampler {
        public Temperature {
            if (!(temperature > 0) || !Double.isFinite(temperature)) {
                throw new IllegalArgumentException("Temperature " + temperature);
            }
            if (topK < 0) {
                throw new IllegalArgumentException("Top-k " + topK);
            }
            if (!(topP > 0 && topP <= 1)) {
                throw new IllegalArgumentException("Top-p " + topP);
            }
        }
    }
}
