package org.palimpsest.training;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.palimpsest.job.Progress;
import org.palimpsest.modelstore.CheckpointHash;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.paligemma.graph.LossGraph;
import org.palimpsest.paligemma.image.ImagePreprocessor;
import org.palimpsest.paligemma.token.PromptTokens;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.runtime.SessionSettings;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.training.data.Augmentation;
import org.palimpsest.training.data.AugmentationOptions;
import org.palimpsest.training.data.BatchLoader;
import org.palimpsest.training.data.BatchPlan;
import org.palimpsest.training.data.EncodedExample;
import org.palimpsest.training.data.EncodedExamples;
import org.palimpsest.training.data.ExampleEncoder;
import org.palimpsest.training.optimizer.AdamW;
import org.palimpsest.training.optimizer.FlatParameters;
import org.palimpsest.training.optimizer.LossScale;

/// Fine-tunes a model: steps, evaluations, checkpoints.
///
/// Belongs to one thread; cancellation through the progress may come from any.
public final class Trainer implements AutoCloseable {
    /// Pieces of [FlatParameters], and the best values beside them.
    private static final int PIECES = 6;

    private static final long MOST_FEATURE_BYTES = 1L << 30;

    private final TrainingRun run;
    private final OnnxRuntime runtime;
    private final Device device;
    private final TrainingModel model;
    private final Lessons lessons;
    private final FlatParameters parameters;
    private final MemoryEstimate memory;

    /// What came of a run.
    ///
    /// @param best what the best evaluation was made with
    /// @param last what the last step left
    public record Result(Adapter best, Adapter last, TrainingEvent.Finished finished) {}

    /// The examples of a run in tokens.
    private record Lessons(
            ExampleEncoder encoder,
            EncodedExamples training,
            Optional<EncodedExamples> validation) {
        static Lessons of(TrainingRun run, ExampleEncoder encoder, Progress progress)
                throws ProblemException {
            var training = encoder.encode(run.training(), progress);
            return new Lessons(
                    encoder,
                    training,
                    run.validation().isEmpty()
                            ? Optional.empty()
                            : Optional.of(encoder.encode(run.validation(), progress)));
        }

        List<EncodedExample> all() {
            var all = new ArrayList<>(training.examples());
            validation.ifPresent(more -> all.addAll(more.examples()));
            return all;
        }
    }

    private Trainer(
            TrainingRun run,
            OnnxRuntime runtime,
            Device device,
            TrainingModel model,
            Lessons lessons,
            FlatParameters parameters,
            MemoryEstimate memory) {
        this.run = run;
        this.runtime = runtime;
        this.device = device;
        this.model = model;
        this.lessons = lessons;
        this.parameters = parameters;
        this.memory = memory;
    }

    /// Prepares a run: reads the checkpoint's headers and the examples, and finds out what the run will take.
    ///
    /// @throws ProblemException if the model cannot be trained, no example can be used, or the memory does not suffice
    public static Trainer open(
            TrainingRun run, OnnxRuntime runtime, Device device, Progress progress)
            throws ProblemException {
        var model = TrainingModel.open(run.model(), run.config().parts());
        try {
            var tokens = new PromptTokens(model.tokenizer(), model.config());
            var encoder = new ExampleEncoder(tokens, run.config().maxTokens());
            var lessons = Lessons.of(run, encoder, progress);
            progress.message("Estimating the memory");
            var parameters =
                    model.startValues(
                            run.config().optimizer().decaysVectors(), run.config().seed());
            try {
                var memory = estimate(run, device, model, lessons.all(), parameters);
                return new Trainer(run, runtime, device, model, lessons, parameters, memory);
            } catch (ProblemException | RuntimeException e) {
                parameters.close();
                throw e;
            }
        } catch (ProblemException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static MemoryEstimate estimate(
            TrainingRun run,
            Device device,
            TrainingModel model,
            List<EncodedExample> all,
            FlatParameters parameters)
            throws ProblemException {
        int text = all.stream().mapToInt(EncodedExample::length).max().orElseThrow();
        int suffix = all.stream().mapToInt(each -> each.suffixIds().length).max().orElseThrow();
        int batch = run.config().microBatch();
        return MemoryEstimate.of(
                model.graphModel(device),
                options(run, model),
                new MemoryEstimate.Largest(batch, text, batch * suffix),
                parameters.valueCount() * Float.BYTES * PIECES,
                run.config().recompute());
    }

    private static LossGraph.Options options(TrainingRun run, TrainingModel model) {
        return LossGraph.Options.any(!model.trainsVision(), run.config().labelSmoothing());
    }

    /// Numbers that are trained.
    public long trainedValues() {
        return parameters.valueCount();
    }

    /// Bytes of memory that the run is expected to take.
    public long estimatedBytes() {
        return memory.total();
    }

    /// Whether layers will be computed again on the way back, to save memory.
    public boolean recomputes() {
        return memory.recompute();
    }

    private BatchPlan plan() {
        var config = run.config();
        return new BatchPlan(
                config.seed(), lessons.training().lengths(), config.batch(), config.microBatch());
    }

    /// Opens a run and trains.
    public static Result fit(
            TrainingRun run,
            OnnxRuntime runtime,
            Device device,
            Validation validation,
            Consumer<TrainingEvent> listener,
            Progress progress)
            throws ProblemException {
        try (var trainer = open(run, runtime, device, progress)) {
            return trainer.fit(validation, listener, progress);
        }
    }

    /// Trains, or goes on where a run of the same settings in the same folder was stopped.
    ///
    /// @param listener hears every event, on the caller's thread
    /// @throws ProblemException if the folder holds a run with other settings, or a file cannot be read or written
    public Result fit(Validation judge, Consumer<TrainingEvent> listener, Progress progress)
            throws ProblemException {
        var graph = model.graphModel(device);
        var settings = settings();
        new RunFolder(run.folder()).create();
        var stored =
                RunState.read(new RunFolder(run.folder()).state(), settings, parameters)
                        .orElseGet(() ->
                                new RunState.Stored(
                                        RunState.start(LossScale.of(graph.computeType())),
                                        Map.of()));
        progress.message("Loading the training graph");
        Optional<ImageFeatureSource> features =
                model.trainsVision() ? Optional.empty() : Optional.of(features());
        try (var session =
                        StepSession.open(
                                graph,
                                options(run, model),
                                memory.recompute(),
                                parameters,
                                runtime,
                                SessionSettings.on(device));
                var optimizer =
                        AdamW.open(
                                run.config().optimizer(),
                                run.config().maxGradientNorm(),
                                parameters,
                                runtime);
                var trainingBatches =
                        source(
                                lessons.training().examples(),
                                run.config().augmentation(),
                                features,
                                graph.computeType());
                var validationBatches =
                        source(
                                lessons.validation()
                                        .map(EncodedExamples::examples)
                                        .orElse(List.of()),
                                AugmentationOptions.NONE,
                                features,
                                graph.computeType())) {
            listener.accept(started(stored.state().step()));
            var parts =
                    new TrainingLoop.TrainingParts(
                            model,
                            parameters,
                            session,
                            optimizer,
                            trainingBatches,
                            validationBatches,
                            plan());
            return new TrainingLoop(run, parts, settings, stored, judge, listener, progress).run();
        } finally {
            features.ifPresent(ImageFeatureSource::close);
        }
    }

    private TrainingEvent.Started started(int step) {
        return new TrainingEvent.Started(
                step,
                run.config().steps(),
                lessons.training().examples().size(),
                lessons.validation().map(each -> each.examples().size()).orElse(0),
                trainedValues(),
                estimatedBytes(),
                recomputes());
    }

    private ImageFeatureSource features() throws ProblemException {
        var config = model.config();
        return new ImageFeatureSource(
                ImageFeatureSource.encoder(model, runtime, device),
                config.vision().imageSize(),
                run.config().augmentation().isNone() ? MOST_FEATURE_BYTES : 0);
    }

    private BatchSource source(
            List<EncodedExample> examples,
            AugmentationOptions augmentation,
            Optional<ImageFeatureSource> features,
            ElementType computeType) {
        Predicate<Path> needsPixels =
                features.<Predicate<Path>>map(known -> known::isUnknown).orElse(_ -> true);
        var source =
                new BatchLoader.Source(
                        examples,
                        lessons.encoder(),
                        ImagePreprocessor.of(model.config()),
                        new Augmentation(augmentation),
                        plan()::seedOf,
                        needsPixels);
        return new BatchSource(
                source, model.config(), computeType, features, run.config().microBatch());
    }

    /// Tells this run from one with other settings, another model or other examples.
    private String settings() throws ProblemException {
        var files = model.weights().all().stream().map(each -> each.stored().file()).distinct();
        var text = new StringBuilder(CheckpointHash.of(files.toList()));
        text.append('\n').append(run.config());
        for (var examples : List.of(run.training(), run.validation())) {
            text.append('\n').append(examples.size());
            examples.forEach(example -> text.append('\n').append(example));
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        parameters.close();
        model.close();
    }
}
