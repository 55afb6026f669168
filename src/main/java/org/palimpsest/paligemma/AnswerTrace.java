package org.palimpsest.paligemma;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.palimpsest.checkpoint.NpyFile;
import org.palimpsest.paligemma.generation.ImageFeatures;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.Tensor;

/// What happened inside the model for one answer, kept to be written as NumPy files for bug reports and comparison.
public final class AnswerTrace {
    private int[] inputIds = new int[0];
    private float[] pixelValues = new float[0];
    private int imageSize;
    private ImageFeatures features = new ImageFeatures(new float[0], 0, 0);
    private final List<float[]> stepLogits = new ArrayList<>();
    private final List<float[]> masks = new ArrayList<>();

    void pixels(float[] values, int size) {
        pixelValues = values;
        imageSize = size;
    }

    /// @param scaled features as the projector gives them
    void features(ImageFeatures scaled) {
        features = scaled;
    }

    void inputIds(int[] ids) {
        inputIds = ids;
    }

    void logits(float[] row) {
        stepLogits.add(row.clone());
    }

    List<float[]> stepLogits() {
        return stepLogits;
    }

    void mask(float[] decoded) {
        masks.add(decoded);
    }

    /// Writes `input_ids.npy` `[1, tokens]`, `pixel_values.npy` `[1, 3, size, size]`, `image_features.npy`
    /// `[1, image tokens, hidden]` after the projector, `prefill_logits.npy` `[1, vocabulary]`, `step_logits.npy`
    /// `[generated tokens, vocabulary]` whose first row is the prefill's, and, if there were masks, `mask64.npy`
    /// `[objects, 64, 64]`, the mask decoder's output.
    public void write(Path folder) throws ProblemException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The trace cannot be written",
                            folder + ": " + e,
                            "Choose another folder"),
                    e);
        }
        try (Arena arena = Arena.ofConfined()) {
            var ids = Tensor.allocate(arena, ElementType.INT32, Shape.of(1, inputIds.length));
            for (int i = 0; i < inputIds.length; i++) {
                ids.memory().setAtIndex(ValueLayout.JAVA_INT, i, inputIds[i]);
            }
            NpyFile.write(folder.resolve("input_ids.npy"), ids);
            var pixels = Shape.of(1, 3, imageSize, imageSize);
            write(folder, "pixel_values", arena, pixels, List.of(pixelValues));
            var featureShape = Shape.of(1, features.tokens(), features.width());
            write(folder, "image_features", arena, featureShape, List.of(features.values()));
            if (!stepLogits.isEmpty()) {
                int vocabulary = stepLogits.getFirst().length;
                var first = stepLogits.subList(0, 1);
                write(folder, "prefill_logits", arena, Shape.of(1, vocabulary), first);
                var all = Shape.of(stepLogits.size(), vocabulary);
                write(folder, "step_logits", arena, all, stepLogits);
            }
            if (!masks.isEmpty()) {
                write(folder, "mask64", arena, Shape.of(masks.size(), 64, 64), masks);
            }
        }
    }

    private static void write(
            Path folder, String name, Arena arena, Shape shape, List<float[]> rows)
            throws ProblemException {
        var tensor = Tensor.allocate(arena, ElementType.FLOAT32, shape);
        long at = 0;
        for (float[] row : rows) {
            MemorySegment.copy(row, 0, tensor.memory(), ValueLayout.JAVA_FLOAT, at, row.length);
            at += (long) row.length * Float.BYTES;
        }
        NpyFile.write(folder.resolve(name + ".npy"), tensor);
    }
}
