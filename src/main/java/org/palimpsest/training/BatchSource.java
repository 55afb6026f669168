package org.palimpsest.training;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.generation.ImageFeatures;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.training.data.BatchArrays;
import org.palimpsest.training.data.BatchLoader;
import org.palimpsest.training.data.BatchPlan;
import org.palimpsest.training.data.EncodedExample;

/// Batches ready for the graph, of one set of examples.
///
/// Pictures are read ahead in the background. Closing stops that. Belongs to one thread.
final class BatchSource implements AutoCloseable {
    private final List<EncodedExample> examples;
    private final PaliGemmaConfig config;
    private final ElementType computeType;
    private final Optional<ImageFeatureSource> features;
    private final Loading loading;
    private final int microBatch;
    private Optional<BatchLoader> loader = Optional.empty();

    /// Starts reading the pictures of some steps.
    @FunctionalInterface
    interface Loading {
        BatchLoader start(Iterator<BatchPlan.Step> steps);
    }

    /// @param features where the image encoder is not trained
    BatchSource(
            List<EncodedExample> examples,
            PaliGemmaConfig config,
            ElementType computeType,
            Optional<ImageFeatureSource> features,
            int microBatch,
            Loading loading) {
        this.examples = examples;
        this.config = config;
        this.computeType = computeType;
        this.features = features;
        this.microBatch = microBatch;
        this.loading = loading;
    }

    boolean isEmpty() {
        return examples.isEmpty();
    }

    /// Target tokens of an example.
    long targets(BatchPlan.Draw draw) {
        return examples.get(draw.example()).suffixIds().length;
    }

    /// Every example once, in steps of one run each.
    List<BatchPlan.Step> once() {
        int[] lengths = examples.stream().mapToInt(EncodedExample::length).toArray();
        var steps = new ArrayList<BatchPlan.Step>();
        for (var run : BatchPlan.once(lengths, microBatch)) {
            steps.add(new BatchPlan.Step(steps.size(), 0, List.of(run)));
        }
        return steps;
    }

    void start(List<BatchPlan.Step> steps) {
        start(steps.iterator());
    }

    void start(Iterator<BatchPlan.Step> steps) {
        close();
        loader = Optional.of(loading.start(steps));
    }

    /// The next micro-batch of the steps that were started; the caller closes it.
    BatchTensors next(long dropoutSeed, CancelToken cancel) throws ProblemException {
        var loaded = loader.orElseThrow(() -> new IllegalStateException("Not started")).next();
        var arrays = BatchArrays.of(loaded.examples(), config);
        var batch = new BatchTensors(arrays, computeType, dropoutSeed);
        try {
            if (features.isEmpty()) {
                var pixels = loaded.pixels().stream().map(Optional::orElseThrow).toList();
                return batch.withPixels(pixels, config.vision().imageSize());
            }
            var images =
                    loaded.examples().stream().map(each -> each.example().image()).toList();
            var known = features.get().of(images, loaded.pixels(), cancel);
            return batch.withFeatures(
                    known.stream().map(ImageFeatures::values).toList(),
                    config.numImageTokens(),
                    config.text().hiddenDim());
        } catch (ProblemException | RuntimeException e) {
            batch.close();
            throw e;
        }
    }

    @Override
    public void close() {
        loader.ifPresent(BatchLoader::close);
        loader = Optional.empty();
    }
}
