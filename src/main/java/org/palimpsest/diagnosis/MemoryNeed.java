package org.palimpsest.diagnosis;

import java.nio.file.Files;
import java.nio.file.Path;
import org.palimpsest.modelstore.ModelFolder;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.PaliGemmaConfig;

/// About how much memory a model takes while it answers, in bytes and by what takes it.
///
/// An estimate: for the published size with 224 pixels on the processor it says 12.9 GB, where 13.1 were measured
/// (docs/performance.md).
///
/// @param weights in the type in which they are computed
/// @param cache keys and values of the longest usual answer
/// @param working what one image needs on its way through
/// @param program libraries, kept features of images, and what allocation wastes
public record MemoryNeed(long weights, long cache, long working, long program) {
    private static final long LIBRARIES = 300L << 20;
    private static final long FEATURES = 256L << 20;
    private static final int WASTE_PERCENT = 5;
    private static final int ANSWER_TOKENS = 512;
    private static final int FLOAT = 4;
    private static final int HALF = 2;

    public long total() {
        return weights + cache + working + program;
    }

    /// On the processor, which computes in float32 whatever the file holds; weights in float32 stay where they are in the
    /// file, but have to be in memory all the same.
    public static MemoryNeed onProcessor(ModelFolder model) {
        long weights =
                model.layout() == CheckpointLayout.ONNX
                        ? publishedOnProcessor(model)
                        : FLOAT * model.parameters();
        return of(model.config(), weights, FLOAT);
    }

    /// On a GPU, which computes in the type of the file.
    public static MemoryNeed onGpu(ModelFolder model) {
        boolean wide = model.precision().contains("32");
        return of(model.config(), model.weightBytes(), wide ? FLOAT : HALF);
    }

    /// Files in half precision are widened, which doubles them.
    private static long publishedOnProcessor(ModelFolder model) {
        long bytes = 0;
        for (Path file : model.weightFiles()) {
            boolean half = String.valueOf(file.getFileName()).contains("_fp16");
            bytes += (half ? 2 : 1) * sizeOrZero(file);
        }
        return bytes;
    }

    private static long sizeOrZero(Path file) {
        try {
            return Files.size(file);
        } catch (java.io.IOException e) {
            return 0;
        }
    }

    private static MemoryNeed of(PaliGemmaConfig config, long weights, int bytesEach) {
        var text = config.text();
        var vision = config.vision();
        long image = config.numImageTokens();
        long positions = image + ANSWER_TOKENS;
        long cache = 2L * text.numLayers() * text.keyValueDim() * positions * bytesEach;
        // Scores of attention before and after the softmax, and the widest layer beside them; the
        // two halves of the model
        // run one after the other.
        long seeing = 2L * vision.numHeads() * image * image + image * 2 * vision.intermediateDim();
        long reading =
                2L * text.numQueryHeads() * image * image
                        + image * (2L * text.intermediateDim() + 4L * text.hiddenDim())
                        + text.vocabularySize();
        return new MemoryNeed(
                weights,
                cache,
                Math.max(seeing, reading) * bytesEach,
                LIBRARIES + FEATURES + weights / 100 * WASTE_PERCENT);
    }
}
