package org.palimpsest.training;

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
import org.palimpsest.training.data.LoadedBatch;

/// Batches ready for the graph, of one set of examples.
///
/// Pictures are read ahead in the background. Closing stops that. Belongs to one thread.
final class BatchSource implements AutoCloseable {
    private static final int AHEAD = 3;
    private static final int THREADS = 2;

    private final BatchLoader.Source source;
    private final PaliGemmaConfig config;
    private final ElementType computeType;
    private final Optional<ImageFeatureSource> features;
    private final int microBatch;
    private Optional<BatchLoader> loader = Optional.empty();

    /// @param features where the image encoder is not trained
    BatchSource(
            BatchLoader.Source source,
            PaliGemmaConfig config,
            ElementType computeType,
            Optional<ImageFeatureSource> features,
            int microBatch) {
        this.source = source;
        this.config = config;
        this.computeType = computeType;
        this.features = features;
        this.microBatch = microBatch;
    }

    boolean isEmpty() {
        return source.examples().isEmpty();
    }

    /// Every example once, in runs of like length.
    List<List<BatchPlan.Draw>> once() {
        int[] lengths = source.examples().stream().mapToInt(EncodedExample::length).toArray();
        return BatchPlan.once(lengths, microBatch);
    }

    /// Begins to read the pictures of these runs.
    void start(Iterator<List<BatchPlan.Draw>> runs) {
        close();
        loader = Optional.of(BatchLoader.open(source, runs, AHEAD, THREADS));
    }

    /// The next of the runs.
    LoadedBatch next() throws ProblemException {
        return loader.orElseThrow(() -> new IllegalStateException("Not started")).next();
    }

    /// A run in native memory; the caller closes it.
    BatchTensors tensors(LoadedBatch loaded, long dropoutSeed, CancelToken cancel)
            throws ProblemException {
        var arrays = BatchArrays.of(loaded.examples(), config);
        var batch = new BatchTensors(arrays, computeType, dropoutSeed);
        try {
            if (features.isEmpty()) {
                var pixels = loaded.pixels().stream().map(Optional::orElseThrow).toList();
                return batch.withPixels(pixels, config.vision().imageSize());
            }
            var images = loaded.examples().stream().map(each -> each.example().image()).toList();
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
