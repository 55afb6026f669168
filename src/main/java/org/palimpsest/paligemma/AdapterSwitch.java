package org.palimpsest.paligemma;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.paligemma.adapter.OnnxAdapterFile;
import org.palimpsest.paligemma.adapter.OnnxAdapterFile.Part;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.AdapterParameters;
import org.palimpsest.runtime.ModelSession;

/// Gives the sessions of an open model the values of an adapter, or takes them away again. Not thread-safe.
final class AdapterSwitch implements AutoCloseable {
    private final PaliGemmaWeights weights;
    private final ModelSession vision;
    private final ModelSession decoder;
    private @Nullable AdapterParameters ofVision;
    private @Nullable AdapterParameters ofDecoder;

    /// @param weights the places of the model's weights; their values are not looked at
    AdapterSwitch(PaliGemmaWeights weights, ModelSession vision, ModelSession decoder) {
        this.weights = weights;
        this.vision = vision;
        this.decoder = decoder;
    }

    /// @throws ProblemException if the adapter cannot be used so; the model then goes on as before
    void use(Optional<Adapter> adapter) throws ProblemException {
        AdapterParameters forVision = parameters(adapter, Part.VISION_ENCODER);
        AdapterParameters forDecoder;
        try {
            forDecoder = parameters(adapter, Part.DECODER);
        } catch (ProblemException | RuntimeException e) {
            close(forVision);
            throw e;
        }
        vision.useAdapter(forVision);
        decoder.useAdapter(forDecoder);
        close();
        ofVision = forVision;
        ofDecoder = forDecoder;
    }

    private @Nullable AdapterParameters parameters(Optional<Adapter> adapter, Part part)
            throws ProblemException {
        return adapter.isEmpty()
                ? null
                : AdapterParameters.of(OnnxAdapterFile.toBytes(adapter.get(), part, weights));
    }

    private static void close(@Nullable AdapterParameters parameters) {
        if (parameters != null) {
            parameters.close();
        }
    }

    /// Frees the values; the sessions must not run any more.
    @Override
    public void close() {
        close(ofVision);
        close(ofDecoder);
        ofVision = null;
        ofDecoder = null;
    }
}
