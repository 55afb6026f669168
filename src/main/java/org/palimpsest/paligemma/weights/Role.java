package org.palimpsest.paligemma.weights;

import static org.palimpsest.paligemma.weights.Role.Place.MODEL;
import static org.palimpsest.paligemma.weights.Role.Place.TEXT_LAYER;
import static org.palimpsest.paligemma.weights.Role.Place.VISION_LAYER;

import java.util.EnumSet;
import java.util.Set;
import org.palimpsest.paligemma.config.GemmaGeneration;

/// What a parameter does in the model. A [Parameter] adds the layer.
public enum Role {
    /// Rows of the vocabulary; also the output head.
    TOKEN_EMBEDDING(MODEL),
    FINAL_NORM(MODEL),

    /// RMS norm before attention.
    INPUT_NORM(TEXT_LAYER),
    Q_PROJ(TEXT_LAYER),
    K_PROJ(TEXT_LAYER),
    V_PROJ(TEXT_LAYER),
    O_PROJ(TEXT_LAYER),
    /// RMS norm of what attention gives, before it is added; Gemma 2 only.
    POST_ATTENTION_NORM(TEXT_LAYER),
    /// RMS norm before the feed-forward layer. Hugging Face's Gemma 1 calls it `post_attention_layernorm`.
    PRE_FEEDFORWARD_NORM(TEXT_LAYER),
    /// The half that goes through GELU.
    GATE_PROJ(TEXT_LAYER),
    UP_PROJ(TEXT_LAYER),
    DOWN_PROJ(TEXT_LAYER),
    /// RMS norm of what the feed-forward layer gives, before it is added; Gemma 2 only.
    POST_FEEDFORWARD_NORM(TEXT_LAYER),

    /// From the vision encoder's width to the decoder's.
    PROJECTOR_WEIGHT(MODEL),
    PROJECTOR_BIAS(MODEL),

    PATCH_WEIGHT(MODEL),
    PATCH_BIAS(MODEL),
    /// One row per patch, row by row over the image.
    POSITION_EMBEDDING(MODEL),
    VISION_NORM1_WEIGHT(VISION_LAYER),
    VISION_NORM1_BIAS(VISION_LAYER),
    VISION_Q_WEIGHT(VISION_LAYER),
    VISION_Q_BIAS(VISION_LAYER),
    VISION_K_WEIGHT(VISION_LAYER),
    VISION_K_BIAS(VISION_LAYER),
    VISION_V_WEIGHT(VISION_LAYER),
    VISION_V_BIAS(VISION_LAYER),
    VISION_OUT_WEIGHT(VISION_LAYER),
    VISION_OUT_BIAS(VISION_LAYER),
    VISION_NORM2_WEIGHT(VISION_LAYER),
    VISION_NORM2_BIAS(VISION_LAYER),
    VISION_FC1_WEIGHT(VISION_LAYER),
    VISION_FC1_BIAS(VISION_LAYER),
    VISION_FC2_WEIGHT(VISION_LAYER),
    VISION_FC2_BIAS(VISION_LAYER),
    VISION_POST_NORM_WEIGHT(MODEL),
    VISION_POST_NORM_BIAS(MODEL);

    /// How often a role occurs.
    enum Place {
        MODEL,
        TEXT_LAYER,
        VISION_LAYER
    }

    private static final Set<Role> TEXT = EnumSet.range(TOKEN_EMBEDDING, POST_FEEDFORWARD_NORM);

    private final Place place;

    Role(Place place) {
        this.place = place;
    }

    Place place() {
        return place;
    }

    /// Whether it is a parameter of the vision encoder or the projector.
    public boolean isOfVision() {
        return !TEXT.contains(this);
    }

    /// Whether a model of this generation has the parameter at all.
    public boolean isIn(GemmaGeneration generation) {
        return generation == GemmaGeneration.GEMMA2
                || (this != POST_ATTENTION_NORM && this != POST_FEEDFORWARD_NORM);
    }
}
