package org.palimpsest.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.palimpsest.batch.fit.FittingSettings;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.TrainingConfig;
import org.palimpsest.training.data.AugmentationOptions;
import org.palimpsest.training.lora.LoraConfig;
import org.palimpsest.training.lora.TrainedParts;
import picocli.CommandLine.Option;

/// How `fit` trains.
final class FitArguments {
    private static final String LORA = "lora";

    @Option(
            names = "--train",
            paramLabel = "PART",
            description =
                    "What is trained: lora (terms of low rank, the default), or whole weights: projector, vision, text,"
                            + " all, or a pattern of checkpoint names such as *.mlp.*; may be given several times.")
    private List<String> train = List.of(LORA);

    @Option(
            names = "--lora-on",
            paramLabel = "PART",
            description =
                    "Where terms stand: text, vision, projector, all, or a pattern; may be given several times (default:"
                            + " text).")
    private List<String> loraOn = List.of("text");

    @Option(
            names = "--rank",
            paramLabel = "N",
            defaultValue = "8",
            description = "Rank of the terms (default: ${DEFAULT-VALUE}).")
    private int rank;

    @Option(
            names = "--alpha",
            paramLabel = "X",
            description = "Terms are scaled by alpha / rank (default: twice the rank).")
    private @Nullable Double alpha;

    @Option(
            names = "--dropout",
            paramLabel = "X",
            defaultValue = "0",
            description = "Share of a term's input that is zeroed (default: ${DEFAULT-VALUE}).")
    private double dropout;

    @Option(names = "--rslora", description = "Scale by alpha / √rank instead.")
    private boolean rankStabilised;

    @Option(
            names = "--epochs",
            paramLabel = "X",
            defaultValue = "10",
            description = "How often each example is seen (default: ${DEFAULT-VALUE}).")
    private double epochs;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "How often the parameters are changed, instead of --epochs.")
    private @Nullable Integer steps;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "8",
            description = "Examples for one step (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--micro-batch",
            paramLabel = "N",
            description =
                    "Examples that go through the model together: less memory, the same result (default: 1, and the"
                            + " whole batch of a small model).")
    private @Nullable Integer microBatch;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description =
                    "The largest learning rate (default: 2e-4 for terms, 2e-5 for whole weights; 2e-3 and 3e-4 in a small"
                            + " model).")
    private @Nullable Double learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            defaultValue = "cosine",
            description =
                    "cosine: the learning rate falls along a cosine; constant (default: ${DEFAULT-VALUE}).")
    private Schedule schedule;

    @Option(
            names = "--warmup",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description =
                    "The share of the steps in which the learning rate rises (default: ${DEFAULT-VALUE}).")
    private double warmup;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            defaultValue = "0",
            description = "Of AdamW (default: ${DEFAULT-VALUE}).")
    private double weightDecay;

    @Option(
            names = "--label-smoothing",
            paramLabel = "X",
            defaultValue = "0",
            description =
                    "Share of the target's probability that is spread over all tokens (default:"
                            + " ${DEFAULT-VALUE}).")
    private double labelSmoothing;

    @Option(
            names = "--max-gradient-norm",
            paramLabel = "X",
            defaultValue = "1",
            description = "Longer gradients are shortened to this (default: ${DEFAULT-VALUE}).")
    private double maxGradientNorm;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "256",
            description =
                    "Text tokens of an example at most; longer answers are cut (default: ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Option(
            names = "--evaluate-every",
            paramLabel = "N",
            description = "Steps between two evaluations (default: a tenth of all).")
    private @Nullable Integer evaluateEvery;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "End after N evaluations without a better one; 0 for never (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(
            names = "--flip",
            description = "Mirror half of the pictures, where the answer has boxes only.")
    private boolean flip;

    @Option(
            names = "--crop",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Cut away up to this share of width and height, where boxes allow it.")
    private double crop;

    @Option(
            names = "--color",
            paramLabel = "X",
            defaultValue = "0",
            description = "Vary brightness, contrast and saturation by up to this, such as 0.2.")
    private double color;

    @Option(
            names = "--recompute",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description =
                    "Compute layers again on the way back instead of keeping them in memory: auto, always, never"
                            + " (default: ${DEFAULT-VALUE}).")
    private Recompute recompute;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Where everything random starts (default: ${DEFAULT-VALUE}).")
    private long seed;

    private enum Schedule {
        COSINE,
        CONSTANT
    }

    private enum Recompute {
        AUTO(TrainingConfig.Recompute.AUTOMATIC),
        ALWAYS(TrainingConfig.Recompute.ALWAYS),
        NEVER(TrainingConfig.Recompute.NEVER);

        private final TrainingConfig.Recompute meant;

        Recompute(TrainingConfig.Recompute meant) {
            this.meant = meant;
        }
    }

    long seed() {
        return seed;
    }

    int maxTokens() {
        return maxTokens;
    }

    /// @throws ProblemException if a value is out of its range
    FittingSettings settings() throws ProblemException {
        require(epochs > 0 && epochs <= 100_000, "--epochs must be above 0");
        require(warmup >= 0 && warmup <= 1, "--warmup must be a share from 0 to 1");
        require(
                learningRate == null || (learningRate > 0 && learningRate < 100),
                "--learning-rate must be above 0");
        require(batch >= 1 && batch <= 65_536, "--batch must be at least 1");
        for (Integer count : new Integer[] {steps, microBatch, evaluateEvery}) {
            require(
                    count == null || count >= 1,
                    "--steps, --micro-batch and --evaluate-every must be at least 1");
        }
        require(maxTokens >= 8, "--max-tokens must be at least 8");
        try {
            return new FittingSettings(
                    parts(),
                    optional(steps),
                    epochs,
                    batch,
                    optional(microBatch),
                    learningRate == null ? OptionalDouble.empty() : OptionalDouble.of(learningRate),
                    schedule == Schedule.COSINE,
                    warmup,
                    weightDecay,
                    labelSmoothing,
                    maxGradientNorm,
                    maxTokens,
                    optional(evaluateEvery),
                    patience,
                    recompute.meant,
                    new AugmentationOptions(flip, crop, color),
                    seed);
        } catch (IllegalArgumentException e) {
            throw outOfRange(e);
        }
    }

    /// A value that a component refuses, in words.
    static ProblemException outOfRange(IllegalArgumentException e) {
        return new ProblemException(
                "A setting is out of its range",
                String.valueOf(e.getMessage()),
                "See 'palimpsest fit --help'");
    }

    private TrainedParts parts() {
        var whole = new ArrayList<>(train);
        boolean terms = whole.removeIf(part -> part.equals(LORA));
        double scale = alpha == null ? 2.0 * rank : alpha;
        return new TrainedParts(
                terms
                        ? Optional.of(new LoraConfig(rank, scale, dropout, rankStabilised))
                        : Optional.empty(),
                terms ? loraOn : List.of(),
                whole);
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static void require(boolean holds, String words) throws ProblemException {
        if (!holds) {
            throw new ProblemException(words, "", "See 'palimpsest fit --help'");
        }
    }
}
