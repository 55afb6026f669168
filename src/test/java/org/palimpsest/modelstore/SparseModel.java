package org.palimpsest.modelstore;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.weights.HuggingFaceNames;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.problem.ProblemException;

/// A checkpoint of the published size whose weights are all zero and take no room on the disk: a file with a header and a hole.
public final class SparseModel {
    /// As `google/paligemma-3b-pt-224` has it; what is missing has the library's defaults.
    private static final String CONFIG =
            """
            {"model_type": "paligemma", "image_token_index": 257152, "projection_dim": 2048,
             "bos_token_id": 2, "eos_token_id": 1, "pad_token_id": 0, "torch_dtype": "bfloat16",
             "text_config": {"model_type": "gemma", "hidden_size": 2048, "intermediate_size": 16384,
               "num_attention_heads": 8, "num_hidden_layers": 18, "num_key_value_heads": 1,
               "num_image_tokens": 256, "vocab_size": 257216},
             "vision_config": {"model_type": "siglip_vision_model", "hidden_size": 1152, "image_size": 224,
               "intermediate_size": 4304, "num_attention_heads": 16, "num_hidden_layers": 27,
               "patch_size": 14, "projection_dim": 2048}}
            """;

    private SparseModel() {}

    /// Writes `config.json`, `model.safetensors` in bfloat16, and an empty tokenizer file.
    public static Path write(Path folder) throws IOException, ProblemException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), CONFIG);
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        PaliGemmaConfig config = ConfigReader.read(folder);
        var header = new StringBuilder("{");
        long at = 0;
        for (Parameter parameter : Parameter.all(config)) {
            var shape = HuggingFaceNames.shape(parameter.role(), config);
            long end = at + 2 * shape.elementCount();
            header.append(header.length() == 1 ? "" : ",")
                    .append('"')
                    .append(HuggingFaceNames.onDisk(parameter, config))
                    .append("\":{\"dtype\":\"BF16\",\"shape\":")
                    .append(shape)
                    .append(",\"data_offsets\":[")
                    .append(at)
                    .append(',')
                    .append(end)
                    .append("]}");
            at = end;
        }
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        try (var file = new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
            file.write(
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(text.length)
                            .array());
            file.write(text);
            file.setLength(8L + text.length + at);
        }
        return folder;
    }
}
