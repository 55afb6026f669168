package org.palimpsest.paligemma.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.palimpsest.paligemma.graph.Ports;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.ModelSession;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.runtime.RunResult;
import org.palimpsest.runtime.ValueInfo;
import org.palimpsest.tensor.Shape;

/// The vision encoder of a loaded model with its projector, whatever files it came from. Not thread-safe.
public final class VisionEncoder implements AutoCloseable {
    private final ModelSession session;
    private final ValueInfo pixelValues;

    /// @param session from pixel values to image features; closed with this encoder
    /// @throws ProblemException if it is no such model
    public VisionEncoder(ModelSession session) throws ProblemException {
        this.session = session;
        this.pixelValues =
                session.input(Ports.PIXEL_VALUES)
                        .filter(_ -> session.output(Ports.IMAGE_FEATURES).isPresent())
                        .orElseThrow(() ->
                                new ProblemException(
                                        "This is no vision encoder of a PaliGemma",
                                        "expected pixel_values and image_features, found "
                                                + session.inputs()
                                                + " and "
                                                + session.outputs(),
                                        "Choose another ONNX folder"));
    }

    /// Encodes images together.
    ///
    /// @param images pixels of one image each, `[3, size, size]`
    public List<ImageFeatures> encode(List<float[]> images, int size, CancelToken cancel)
            throws ProblemException {
        int one = 3 * size * size;
        var all = new float[images.size() * one];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i), 0, all, i * one, one);
        }
        var shape = Shape.of(images.size(), 3, size, size);
        try (NativeTensor pixels = NativeTensor.ofFloats(pixelValues.elementType(), shape, all);
                RunResult result =
                        session.run(
                                Map.of(Ports.PIXEL_VALUES, pixels),
                                Set.of(Ports.IMAGE_FEATURES),
                                cancel)) {
            NativeTensor output = result.get(Ports.IMAGE_FEATURES);
            int tokens = Math.toIntExact(output.shape().size(1));
            int width = Math.toIntExact(output.shape().size(2));
            float[] values = output.toFloats();
            var features = new ArrayList<ImageFeatures>();
            for (int i = 0; i < images.size(); i++) {
                float[] own =
                        Arrays.copyOfRange(values, i * tokens * width, (i + 1) * tokens * width);
                features.add(new ImageFeatures(own, tokens, width));
            }
            return features;
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
