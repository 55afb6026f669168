package org.palimpsest.paligemma.weights;

import java.util.List;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.tensor.Shape;

/// How Hugging Face's library calls the parameters of a model, and which shapes it gives them.
public final class HuggingFaceNames {
    private HuggingFaceNames() {}

    /// The name in published checkpoints, such as `language_model.model.norm.weight`.
    public static String onDisk(Parameter parameter, PaliGemmaConfig config) {
        return ParameterTable.huggingFaceName(parameter, config.text().generation());
    }

    /// The name in the loaded model of the library today (transformers 5.18), such as `model.language_model.norm.weight`.
    public static String inMemory(Parameter parameter, PaliGemmaConfig config) {
        return spellings(parameter, config).getLast();
    }

    /// Every name that the library's versions have had for the parameter, [#inMemory] last.
    public static List<String> spellings(Parameter parameter, PaliGemmaConfig config) {
        return ParameterTable.huggingFaceSpellings(parameter, config.text().generation());
    }

    public static Shape shape(Role role, PaliGemmaConfig config) {
        return ParameterTable.shape(role, layout(role), config);
    }

    /// Whether the parameter is the matrix of a linear layer.
    public static boolean isLinear(Role role) {
        return layout(role) == Layout.OUT_IN;
    }

    private static Layout layout(Role role) {
        return ParameterTable.layout(role, CheckpointLayout.HUGGING_FACE);
    }
}
