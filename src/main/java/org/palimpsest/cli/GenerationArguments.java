package org.palimpsest.cli;

import org.jspecify.annotations.Nullable;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.Sampler;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine.Option;

/// The options that say how an answer is made.
final class GenerationArguments {
    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "" + GenerationOptions.DEFAULT_MAX_NEW_TOKENS,
            description =
                    "The answer ends after N tokens at the latest (default: ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Draw tokens at random; without it the most probable one is taken.")
    private @Nullable Double temperature;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Where the random sequence starts (default: 0).")
    private @Nullable Long seed;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description = "Draw from the K most probable tokens only.")
    private @Nullable Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Draw from the most probable tokens that together have probability P.")
    private @Nullable Double topP;

    GenerationOptions toOptions() throws ProblemException {
        try {
            return new GenerationOptions(maxTokens, sampler());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    "These options cannot be used",
                    String.valueOf(e.getMessage()),
                    "--max-tokens and --temperature must be positive, --top-p between 0 and 1");
        }
    }

    private Sampler sampler() throws ProblemException {
        if (temperature == null) {
            if (seed != null || topK != null || topP != null) {
                throw new ProblemException(
                        "--seed, --top-k and --top-p need --temperature",
                        "without it the most probable token is taken",
                        "Add --temperature 1");
            }
            return new Sampler.Greedy();
        }
        return new Sampler.Temperature(
                temperature,
                topK == null ? 0 : topK,
                topP == null ? 1 : topP,
                seed == null ? 0 : seed);
    }
}
