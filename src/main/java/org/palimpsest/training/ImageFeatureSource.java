package org.palimpsest.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.paligemma.generation.ImageFeatures;
import org.palimpsest.paligemma.generation.VisionEncoder;
import org.palimpsest.paligemma.graph.GraphOptions;
import org.palimpsest.paligemma.graph.VisionGraph;
import org.palimpsest.paligemma.graph.WeightPlaces;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.ModelSource;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.runtime.SessionSettings;

/// The features of images whose encoder is not trained: computed once and kept, as far as memory allows.
///
/// Each image goes through the encoder alone. Together with others its features differ in the last bits, by which others
/// they are, and a run that is resumed meets its images in other company.
///
/// Closes the encoder. The predicate may be asked from other threads, everything else belongs to one.
final class ImageFeatureSource implements AutoCloseable {
    private final VisionEncoder encoder;
    private final int imageSize;
    private final long capacity;
    private final Map<Path, ImageFeatures> kept = new LinkedHashMap<>();
    private long bytes;

    /// @param capacity bytes that may be kept; 0 where every picture differs from the one before
    ImageFeatureSource(VisionEncoder encoder, int imageSize, long capacity) {
        this.encoder = encoder;
        this.imageSize = imageSize;
        this.capacity = capacity;
    }

    /// The image encoder of a model that is trained; the caller closes it.
    static VisionEncoder encoder(TrainingModel model, OnnxRuntime runtime, Device device)
            throws ProblemException {
        var root = WeightPlaces.commonFolder(model.weights());
        var graph =
                VisionGraph.build(
                        model.weights(), WeightPlaces.inPlace(root), GraphOptions.CPU, false);
        var source = new ModelSource.InMemory("vision_encoder", graph.toBytes(), Optional.of(root));
        return new VisionEncoder(
                runtime.open(source, SessionSettings.on(device).withPrepacking(false)));
    }

    /// Whether the pixels of an image are needed.
    synchronized boolean isUnknown(Path image) {
        return !kept.containsKey(image);
    }

    /// @param pixels of each image; empty where the features are known
    List<ImageFeatures> of(List<Path> images, List<Optional<float[]>> pixels, CancelToken cancel)
            throws ProblemException {
        var all = new ArrayList<ImageFeatures>();
        for (int i = 0; i < images.size(); i++) {
            var known = find(images.get(i));
            if (known.isPresent()) {
                all.add(known.get());
                continue;
            }
            float[] own = pixels.get(i).orElseThrow();
            var computed = encoder.encode(List.of(own), imageSize, cancel).getFirst();
            keep(images.get(i), computed);
            all.add(computed);
        }
        return all;
    }

    private synchronized Optional<ImageFeatures> find(Path image) {
        return Optional.ofNullable(kept.get(image));
    }

    private synchronized void keep(Path image, ImageFeatures features) {
        long more = (long) features.values().length * Float.BYTES;
        // What was said to be known stays so: a loader ahead of us may have skipped its pixels.
        if (bytes + more <= capacity && kept.putIfAbsent(image, features) == null) {
            bytes += more;
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
