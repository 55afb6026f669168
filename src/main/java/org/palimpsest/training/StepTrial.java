package org.palimpsest.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.generation.ImageFeatures;
import org.palimpsest.paligemma.generation.VisionEncoder;
import org.palimpsest.paligemma.graph.LossGraph;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.runtime.SessionSettings;
import org.palimpsest.training.data.BatchArrays;
import org.palimpsest.training.data.EncodedExample;
import org.palimpsest.training.data.Example;
import org.palimpsest.training.lora.TrainedParts;
import org.palimpsest.training.optimizer.AdamW;
import org.palimpsest.training.optimizer.AdamWConfig;
import org.palimpsest.training.optimizer.FlatParameters;
import org.palimpsest.training.optimizer.FlatParameters.Piece;

/// Steps of training on a batch that is made up, for measurements: with the sessions and the optimizer of a [Trainer], but
/// without its files.
///
/// Not thread-safe.
public final class StepTrial implements AutoCloseable {
    private static final double LEARNING_RATE = 1e-5;

    /// Values, gradients, and the two means; nothing is accumulated and no best values are kept.
    private static final int PIECES = 4;

    private final FlatParameters parameters;
    private final MemoryEstimate memory;
    private final TrainingModel model;
    private final StepSession session;
    private final AdamW optimizer;
    private final @Nullable VisionEncoder encoder;
    private final BatchTensors batch;
    private final int targets;
    private int steps;

    /// What is tried.
    ///
    /// @param examples in the batch
    /// @param text text tokens of each, half of them targets
    /// @param profile where the time of every node of the step is written when the trial is closed
    public record Setup(
            TrainedParts parts,
            int examples,
            int text,
            TrainingConfig.Recompute recompute,
            long seed,
            Optional<Path> profile) {
        public Setup {
            if (examples < 1 || text < 2) {
                throw new IllegalArgumentException(examples + " examples of " + text);
            }
        }
    }

    /// @throws ProblemException if the model cannot be trained, or the memory does not suffice
    public static StepTrial open(Path model, Setup setup, OnnxRuntime runtime, Device device)
            throws ProblemException {
        var opened = new ArrayList<AutoCloseable>();
        try {
            return new StepTrial(model, setup, runtime, device, opened);
        } catch (ProblemException | RuntimeException e) {
            close(opened);
            throw e;
        }
    }

    private StepTrial(
            Path folder,
            Setup setup,
            OnnxRuntime runtime,
            Device device,
            List<AutoCloseable> opened)
            throws ProblemException {
        model = TrainingModel.open(folder, setup.parts());
        opened.add(model);
        parameters = model.startValues(AdamWConfig.STANDARD.decaysVectors(), setup.seed());
        opened.add(parameters);
        var options = LossGraph.Options.any(!model.trainsVision(), 0);
        var graph = model.graphModel(device);
        targets = setup.examples() * (setup.text() / 2);
        memory =
                MemoryEstimate.of(
                        graph,
                        options,
                        new MemoryEstimate.Largest(setup.examples(), setup.text(), targets),
                        parameters.valueCount() * Float.BYTES * PIECES,
                        setup.recompute());
        session =
                StepSession.open(
                        graph,
                        options,
                        memory.recompute(),
                        parameters,
                        runtime,
                        SessionSettings.on(device).withProfile(setup.profile()));
        opened.add(session);
        optimizer = AdamW.open(AdamWConfig.STANDARD, 1, parameters, runtime);
        opened.add(optimizer);
        encoder = model.trainsVision() ? null : ImageFeatureSource.encoder(model, runtime, device);
        if (encoder != null) {
            opened.add(encoder);
        }
        var random = new SplittableRandom(setup.seed());
        var arrays = BatchArrays.of(examples(setup, random), model.config());
        batch = new BatchTensors(arrays, graph.computeType(), 0);
        opened.add(batch);
        addImages(setup.examples(), random);
    }

    private List<EncodedExample> examples(Setup setup, SplittableRandom random) {
        var examples = new ArrayList<EncodedExample>();
        for (int i = 0; i < setup.examples(); i++) {
            int suffix = setup.text() / 2;
            examples.add(
                    new EncodedExample(
                            new Example(Path.of("made-up-" + i), "", ""),
                            tokens(setup.text() - suffix, random),
                            tokens(suffix, random)));
        }
        return examples;
    }

    private int[] tokens(int count, SplittableRandom random) {
        return random.ints(count, 0, model.config().text().vocabularySize()).toArray();
    }

    private void addImages(int count, SplittableRandom random) throws ProblemException {
        PaliGemmaConfig config = model.config();
        int size = config.vision().imageSize();
        var pixels = new ArrayList<float[]>();
        for (int i = 0; i < count; i++) {
            var image = new float[3 * size * size];
            for (int j = 0; j < image.length; j++) {
                image[j] = (float) random.nextDouble(-1, 1);
            }
            pixels.add(image);
        }
        if (encoder == null) {
            batch.withPixels(pixels, size);
            return;
        }
        var features = new ArrayList<ImageFeatures>();
        for (var image : pixels) {
            features.addAll(encoder.encode(List.of(image), size, new CancelToken()));
        }
        batch.withFeatures(
                features.stream().map(ImageFeatures::values).toList(),
                config.numImageTokens(),
                config.text().hiddenDim());
    }

    /// Takes one step.
    ///
    /// @return the mean loss of a token before it
    public double step(CancelToken cancel) throws ProblemException {
        double loss = session.gradients(batch, 1.0 / targets, cancel) / targets;
        double norm = optimizer.gradientNorm(Piece.GRADIENTS);
        optimizer.step(++steps, LEARNING_RATE, Piece.GRADIENTS, 1, norm);
        return loss;
    }

    /// Numbers that are trained.
    public long trainedValues() {
        return parameters.valueCount();
    }

    /// Bytes that the trial is expected to take beside the program itself.
    public long estimatedBytes() {
        return memory.work();
    }

    @Override
    public void close() {
        var all = new ArrayList<AutoCloseable>(List.of(model, parameters, session, optimizer));
        if (encoder != null) {
            all.add(encoder);
        }
        all.add(batch);
        close(all);
    }

    private static void close(List<AutoCloseable> opened) {
        for (var each : opened.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("Closing " + each, e);
            }
        }
    }
}
