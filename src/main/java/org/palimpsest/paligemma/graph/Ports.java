package org.palimpsest.paligemma.graph;

/// Names of the graphs' inputs and outputs.
public final class Ports {
    // Vision encoder and decoder, in every layout.
    public static final String PIXEL_VALUES = "pixel_values";
    public static final String IMAGE_FEATURES = "image_features";
    public static final String LOGITS = "logits";

    // The decoder with a cache of fixed capacity, as this program runs it.
    public static final String TOKEN_IDS = "token_ids";
    public static final String POSITIONS = "positions";
    public static final String WRITE_INDEX = "write_index";
    public static final String LAST_INDEX = "last_index";
    public static final String MASK = "mask";
    public static final String LOCAL_MASK = "local_mask";

    // The loss of a batch of examples.
    public static final String TARGET_PLACES = "target_places";
    public static final String TARGET_IDS = "target_ids";
    public static final String DROPOUT_SEED = "dropout_seed";
    public static final String LOSS = "loss";

    // The published three-file layout.
    public static final String INPUT_IDS = "input_ids";
    public static final String INPUTS_EMBEDS = "inputs_embeds";
    public static final String POSITION_IDS = "position_ids";
    public static final String ATTENTION_MASK = "attention_mask";
    public static final String NUM_LOGITS_TO_KEEP = "num_logits_to_keep";
    public static final String USE_CACHE_BRANCH = "use_cache_branch";

    private Ports() {}

    public static String pastKey(int layer) {
        return "past_key_values." + layer + ".key";
    }

    public static String pastValue(int layer) {
        return "past_key_values." + layer + ".value";
    }

    public static String presentKey(int layer) {
        return "present." + layer + ".key";
    }

    public static String presentValue(int layer) {
        return "present." + layer + ".value";
    }
}
