package org.palimpsest.paligemma.weights;

import static org.palimpsest.paligemma.weights.Layout.HEADS_IN_OUT;
import static org.palimpsest.paligemma.weights.Layout.IN_OUT;
import static org.palimpsest.paligemma.weights.Layout.OUT_IN;
import static org.palimpsest.paligemma.weights.Layout.PATCH_HWIO;
import static org.palimpsest.paligemma.weights.Layout.PATCH_OIHW;
import static org.palimpsest.paligemma.weights.Layout.TABLE;
import static org.palimpsest.paligemma.weights.Layout.VECTOR;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.GemmaGeneration;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.tensor.Shape;

/// The names, layouts and sizes of every parameter in both weight formats, one row each.
///
/// `{i}` stands for the layer. In Keras paths `{_i}` is its counter: nothing for the first layer, then `_1`, `_2`, ….
final class ParameterTable {

    /// A width of the model that a parameter's axis has.
    private enum Axis {
        VOCABULARY,
        HIDDEN,
        QUERIES,
        KEYS,
        GATED,
        VISION,
        VISION_GATED,
        PATCHES;

        long of(PaliGemmaConfig config) {
            var text = config.text();
            var vision = config.vision();
            return switch (this) {
                case VOCABULARY -> text.vocabularySize();
                case HIDDEN -> text.hiddenDim();
                case QUERIES -> text.queryDim();
                case KEYS -> text.keyValueDim();
                case GATED -> text.intermediateDim();
                case VISION -> vision.hiddenDim();
                case VISION_GATED -> vision.intermediateDim();
                case PATCHES -> vision.numImageTokens();
            };
        }
    }

    /// @param out the axis that a linear layer's result has; a vector's only axis, a table's columns
    /// @param in the axis of what goes in; a table's rows
    record Row(
            String huggingFaceName,
            String kerasPath,
            Layout huggingFaceLayout,
            Layout kerasLayout,
            Axis out,
            Axis in) {}

    private static final String L = "language_model.model.layers.{i}.";
    private static final String S = "vision_tower.vision_model.";
    private static final String SI = S + "encoder.layers.{i}.";
    private static final String B = "layers/pali_gemma_decoder_block{_i}/";
    private static final String E = "layers/pali_gemma_vit/layers/pali_gemma_vit_encoder/";
    private static final String R = E + "resblocks/pali_gemma_vit_encoder_block{_i}/";

    private static final Map<Role, Row> ROWS = new EnumMap<>(Role.class);

    static {
        // spotless:off
        table (Role.TOKEN_EMBEDDING,         "language_model.model.embed_tokens.weight",     "layers/reversible_embedding/vars/0",           Axis.VOCABULARY, Axis.HIDDEN);
        vector(Role.FINAL_NORM,              "language_model.model.norm.weight",             "layers/rms_normalization/vars/0",              Axis.HIDDEN);

        vector(Role.INPUT_NORM,              L + "input_layernorm.weight",                   B + "pre_attention_norm/vars/0",                Axis.HIDDEN);
        heads (Role.Q_PROJ,                  L + "self_attn.q_proj.weight",                  B + "attention/query_dense/vars/0",             Axis.HIDDEN, Axis.QUERIES);
        heads (Role.K_PROJ,                  L + "self_attn.k_proj.weight",                  B + "attention/key_dense/vars/0",               Axis.HIDDEN, Axis.KEYS);
        heads (Role.V_PROJ,                  L + "self_attn.v_proj.weight",                  B + "attention/value_dense/vars/0",             Axis.HIDDEN, Axis.KEYS);
        linear(Role.O_PROJ,                  L + "self_attn.o_proj.weight",                  B + "attention/output_dense/vars/0",            Axis.QUERIES, Axis.HIDDEN);
        vector(Role.POST_ATTENTION_NORM,     L + "post_attention_layernorm.weight",          B + "post_attention_norm/vars/0",               Axis.HIDDEN);
        vector(Role.PRE_FEEDFORWARD_NORM,    L + "pre_feedforward_layernorm.weight",         B + "pre_ffw_norm/vars/0",                      Axis.HIDDEN);
        linear(Role.GATE_PROJ,               L + "mlp.gate_proj.weight",                     B + "gating_ffw/vars/0",                        Axis.HIDDEN, Axis.GATED);
        linear(Role.UP_PROJ,                 L + "mlp.up_proj.weight",                       B + "gating_ffw_2/vars/0",                      Axis.HIDDEN, Axis.GATED);
        linear(Role.DOWN_PROJ,               L + "mlp.down_proj.weight",                     B + "ffw_linear/vars/0",                        Axis.GATED, Axis.HIDDEN);
        vector(Role.POST_FEEDFORWARD_NORM,   L + "post_feedforward_layernorm.weight",        B + "post_ffw_norm/vars/0",                     Axis.HIDDEN);

        linear(Role.PROJECTOR_WEIGHT,        "multi_modal_projector.linear.weight",          "layers/pali_gemma_vit/layers/dense/vars/0",    Axis.VISION, Axis.HIDDEN);
        vector(Role.PROJECTOR_BIAS,          "multi_modal_projector.linear.bias",            "layers/pali_gemma_vit/layers/dense/vars/1",    Axis.HIDDEN);

        row   (Role.PATCH_WEIGHT,            S + "embeddings.patch_embedding.weight",        E + "vision_embeddings/patch_embedding/vars/0", PATCH_OIHW, PATCH_HWIO, Axis.VISION, Axis.VISION);
        vector(Role.PATCH_BIAS,              S + "embeddings.patch_embedding.bias",          E + "vision_embeddings/patch_embedding/vars/1", Axis.VISION);
        table (Role.POSITION_EMBEDDING,      S + "embeddings.position_embedding.weight",     E + "vision_embeddings/position_embedding/vars/0", Axis.PATCHES, Axis.VISION);
        vector(Role.VISION_NORM1_WEIGHT,     SI + "layer_norm1.weight",                      R + "layer_norm_1/vars/0",                      Axis.VISION);
        vector(Role.VISION_NORM1_BIAS,       SI + "layer_norm1.bias",                        R + "layer_norm_1/vars/1",                      Axis.VISION);
        linear(Role.VISION_Q_WEIGHT,         SI + "self_attn.q_proj.weight",                 R + "attn/query_proj/vars/0",                   Axis.VISION, Axis.VISION);
        vector(Role.VISION_Q_BIAS,           SI + "self_attn.q_proj.bias",                   R + "attn/query_proj/vars/1",                   Axis.VISION);
        linear(Role.VISION_K_WEIGHT,         SI + "self_attn.k_proj.weight",                 R + "attn/key_proj/vars/0",                     Axis.VISION, Axis.VISION);
        vector(Role.VISION_K_BIAS,           SI + "self_attn.k_proj.bias",                   R + "attn/key_proj/vars/1",                     Axis.VISION);
        linear(Role.VISION_V_WEIGHT,         SI + "self_attn.v_proj.weight",                 R + "attn/value_proj/vars/0",                   Axis.VISION, Axis.VISION);
        vector(Role.VISION_V_BIAS,           SI + "self_attn.v_proj.bias",                   R + "attn/value_proj/vars/1",                   Axis.VISION);
        linear(Role.VISION_OUT_WEIGHT,       SI + "self_attn.out_proj.weight",               R + "attn/out_proj/vars/0",                     Axis.VISION, Axis.VISION);
        vector(Role.VISION_OUT_BIAS,         SI + "self_attn.out_proj.bias",                 R + "attn/out_proj/vars/1",                     Axis.VISION);
        vector(Role.VISION_NORM2_WEIGHT,     SI + "layer_norm2.weight",                      R + "layer_norm_2/vars/0",                      Axis.VISION);
        vector(Role.VISION_NORM2_BIAS,       SI + "layer_norm2.bias",                        R + "layer_norm_2/vars/1",                      Axis.VISION);
        linear(Role.VISION_FC1_WEIGHT,       SI + "mlp.fc1.weight",                          R + "mlp_dense_1/vars/0",                       Axis.VISION, Axis.VISION_GATED);
        vector(Role.VISION_FC1_BIAS,         SI + "mlp.fc1.bias",                            R + "mlp_dense_1/vars/1",                       Axis.VISION_GATED);
        linear(Role.VISION_FC2_WEIGHT,       SI + "mlp.fc2.weight",                          R + "mlp_dense_2/vars/0",                       Axis.VISION_GATED, Axis.VISION);
        vector(Role.VISION_FC2_BIAS,         SI + "mlp.fc2.bias",                            R + "mlp_dense_2/vars/1",                       Axis.VISION);
        vector(Role.VISION_POST_NORM_WEIGHT, S + "post_layernorm.weight",                    E + "encoder_layer_norm/vars/0",                Axis.VISION);
        vector(Role.VISION_POST_NORM_BIAS,   S + "post_layernorm.bias",                      E + "encoder_layer_norm/vars/1",                Axis.VISION);
        // spotless:on
    }

    private static final String PRE_FEEDFORWARD_IN_GEMMA1 = L + "post_attention_layernorm.weight";

    private ParameterTable() {}

    private static void vector(Role role, String huggingFaceName, String kerasPath, Axis axis) {
        row(role, huggingFaceName, kerasPath, VECTOR, VECTOR, axis, axis);
    }

    private static void table(
            Role role, String huggingFaceName, String kerasPath, Axis rows, Axis columns) {
        row(role, huggingFaceName, kerasPath, TABLE, TABLE, columns, rows);
    }

    private static void linear(
            Role role, String huggingFaceName, String kerasPath, Axis in, Axis out) {
        row(role, huggingFaceName, kerasPath, OUT_IN, IN_OUT, out, in);
    }

    private static void heads(
            Role role, String huggingFaceName, String kerasPath, Axis in, Axis out) {
        row(role, huggingFaceName, kerasPath, OUT_IN, HEADS_IN_OUT, out, in);
    }

    private static void row(
            Role role,
            String huggingFaceName,
            String kerasPath,
            Layout huggingFaceLayout,
            Layout kerasLayout,
            Axis out,
            Axis in) {
        ROWS.put(
                role, new Row(huggingFaceName, kerasPath, huggingFaceLayout, kerasLayout, out, in));
    }

    private static Row row(Role role) {
        var row = ROWS.get(role);
        if (row == null) {
            throw new IllegalStateException("No row for " + role);
        }
        return row;
    }

    /// The name on disk that published Hugging Face checkpoints have.
    static String huggingFaceName(Parameter parameter, GemmaGeneration generation) {
        boolean gemma1Norm =
                parameter.role() == Role.PRE_FEEDFORWARD_NORM
                        && generation == GemmaGeneration.GEMMA1;
        String name =
                gemma1Norm ? PRE_FEEDFORWARD_IN_GEMMA1 : row(parameter.role()).huggingFaceName();
        return name.replace("{i}", Integer.toString(parameter.layer()));
    }

    /// The dataset path that KerasHub writes today.
    static String kerasPath(Parameter parameter) {
        String counter = parameter.layer() <= 0 ? "" : "_" + parameter.layer();
        return row(parameter.role()).kerasPath().replace("{_i}", counter);
    }

    /// Every name under which a checkpoint may have the parameter, the usual one first.
    static List<String> names(Parameter parameter, PaliGemmaConfig config) {
        if (config.conventions().layout() == CheckpointLayout.KERAS) {
            String path = kerasPath(parameter);
            // Keras before 3.0 final called the sublayers of a functional model so
            // (keras/src/saving/saving_lib.py).
            return List.of(path, path.replace("layers/", "_layer_checkpoint_dependencies/"));
        }
        return huggingFaceSpellings(parameter, config.text().generation());
    }

    /// The name on disk first, the one in memory today last.
    static List<String> huggingFaceSpellings(Parameter parameter, GemmaGeneration generation) {
        String onDisk = huggingFaceName(parameter, generation);
        String inMemory = "model." + onDisk.replace("language_model.model.", "language_model.");
        String newest = inMemory.replace("vision_tower.vision_model.", "vision_tower.");
        return inMemory.equals(newest)
                ? List.of(onDisk, inMemory)
                : List.of(onDisk, inMemory, newest);
    }

    static Layout layout(Role role, CheckpointLayout checkpointLayout) {
        var row = row(role);
        return checkpointLayout == CheckpointLayout.KERAS
                ? row.kerasLayout()
                : row.huggingFaceLayout();
    }

    /// The shape that the file should have.
    static Shape storedShape(Role role, PaliGemmaConfig config) {
        boolean keras = config.conventions().layout() == CheckpointLayout.KERAS;
        if (keras && role == Role.O_PROJ) {
            var text = config.text();
            return Shape.of(text.numQueryHeads(), text.headDim(), text.hiddenDim());
        }
        return shape(role, layout(role, config.conventions().layout()), config);
    }

    /// The shape of a parameter in a layout.
    static Shape shape(Role role, Layout layout, PaliGemmaConfig config) {
        var row = row(role);
        long out = row.out().of(config);
        long in = row.in().of(config);
        long headDim = config.text().headDim();
        long patch = config.vision().patchSize();
        return switch (layout) {
            case VECTOR -> Shape.of(out);
            case TABLE, IN_OUT -> Shape.of(in, out);
            case OUT_IN -> Shape.of(out, in);
            case HEADS_IN_OUT -> Shape.of(out / headDim, in, headDim);
            case PATCH_OIHW -> Shape.of(out, 3, patch, patch);
            case PATCH_HWIO -> Shape.of(patch, patch, 3, out);
        };
    }
}
