package org.palimpsest.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SplittableRandom;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// Writes a Hugging Face folder with the true sizes and random weights, so that the ordinary loading code runs.
///
/// The weights are windows of one block of normal random numbers with a standard deviation of 0.02, about that of
/// trained ones: enough for a measurement, and as fast as the disk.
public final class SyntheticCheckpoint {
    private static final int BLOCK_ELEMENTS = 1 << 23;
    private static final double STANDARD_DEVIATION = 0.02;
    private static final long SEED = 20_260_101;

    private final SyntheticShape shape;
    private final ElementType elementType;
    private final ObjectMapper json = new ObjectMapper();

    /// @param elementType FLOAT32, FLOAT16 or BFLOAT16
    public SyntheticCheckpoint(SyntheticShape shape, ElementType elementType) {
        if (!elementType.isFloatingPoint() || elementType == ElementType.FLOAT64) {
            throw new IllegalArgumentException("Not a type of weights: " + elementType);
        }
        this.shape = shape;
        this.elementType = elementType;
    }

    /// What the weights take on disk.
    public long byteSize() {
        return elementType.byteSize()
                * shape.tensors().values().stream().mapToLong(Shape::elementCount).sum();
    }

    /// Writes the folder's files.
    ///
    /// @throws ProblemException if the disk has not enough room, or the person cancelled
    public void write(Path folder, Progress progress) throws ProblemException {
        write(folder, true, progress);
    }

    /// The same folder with a hole in the place of the weights: they read as zeros and take no room on disk.
    void writeWithoutValues(Path folder) throws ProblemException {
        write(folder, false, Progress.NONE);
    }

    private void write(Path folder, boolean values, Progress progress) throws ProblemException {
        try {
            Files.createDirectories(folder);
            if (values) {
                requireRoom(folder);
            }
            json.writeValue(folder.resolve("config.json").toFile(), config());
            json.writeValue(folder.resolve("preprocessor_config.json").toFile(), preprocessor());
            json.writeValue(
                    folder.resolve("tokenizer_config.json").toFile(),
                    json.createObjectNode()
                            .put("tokenizer_class", "GemmaTokenizer")
                            .put("processor_class", "PaliGemmaProcessor")
                            .put("bos_token", "<bos>")
                            .put("eos_token", "<eos>")
                            .put("pad_token", "<pad>")
                            .put("unk_token", "<unk>"));
            json.writeValue(
                    folder.resolve("tokenizer.json").toFile(), new SyntheticTokenizer().toJson());
            writeWeights(folder.resolve("model.safetensors"), values, progress);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The synthetic model cannot be written",
                            folder + ": " + e.getMessage(),
                            "Choose a folder with more room, with -Djava.io.tmpdir=FOLDER in"
                                    + " PALIMPSEST_JAVA_OPTIONS"),
                    e);
        }
    }

    private void requireRoom(Path folder) throws IOException, ProblemException {
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < byteSize() + (1L << 28)) {
            throw new ProblemException(
                    "There is not enough room for the synthetic model",
                    (byteSize() >> 20)
                            + " MB are needed in "
                            + folder
                            + ", "
                            + (room >> 20)
                            + " MB are free",
                    "Use fewer --layers, or another folder with -Djava.io.tmpdir=FOLDER in"
                            + " PALIMPSEST_JAVA_OPTIONS");
        }
    }

    private ObjectNode config() {
        ObjectNode config = json.createObjectNode();
        config.putArray("architectures").add("PaliGemmaForConditionalGeneration");
        config.put("model_type", "paligemma").put("torch_dtype", typeName());
        config.put("bos_token_id", 2).put("eos_token_id", 1).put("pad_token_id", 0);
        config.put("image_token_index", SyntheticTokenizer.IMAGE_TOKEN);
        config.put("hidden_size", SyntheticShape.TEXT_WIDTH);
        config.put("projection_dim", SyntheticShape.TEXT_WIDTH);
        config.putObject("text_config")
                .put("model_type", "gemma")
                .put("hidden_size", SyntheticShape.TEXT_WIDTH)
                .put("intermediate_size", SyntheticShape.TEXT_MLP)
                .put("num_attention_heads", SyntheticShape.NUM_HEADS)
                .put("num_key_value_heads", 1)
                .put("head_dim", SyntheticShape.HEAD_DIM)
                .put("num_hidden_layers", shape.numTextLayers())
                .put("num_image_tokens", shape.numImageTokens())
                .put("vocab_size", SyntheticShape.VOCABULARY);
        config.putObject("vision_config")
                .put("model_type", "siglip_vision_model")
                .put("hidden_size", SyntheticShape.VISION_WIDTH)
                .put("image_size", shape.imageSize())
                .put("intermediate_size", SyntheticShape.VISION_MLP)
                .put("num_attention_heads", SyntheticShape.NUM_VISION_HEADS)
                .put("num_hidden_layers", shape.numVisionLayers())
                .put("num_image_tokens", shape.numImageTokens())
                .put("patch_size", SyntheticShape.PATCH_SIZE)
                .put("projection_dim", SyntheticShape.TEXT_WIDTH)
                .put("vision_use_head", false);
        return config;
    }

    private ObjectNode preprocessor() {
        ObjectNode preprocessor = json.createObjectNode();
        preprocessor.put("image_processor_type", "SiglipImageProcessor");
        preprocessor.put("processor_class", "PaliGemmaProcessor");
        preprocessor.put("do_resize", true).put("do_rescale", true).put("do_normalize", true);
        preprocessor.put("resample", 3).put("rescale_factor", 1.0 / 255);
        preprocessor.put("image_seq_length", shape.numImageTokens());
        preprocessor.putArray("image_mean").add(0.5).add(0.5).add(0.5);
        preprocessor.putArray("image_std").add(0.5).add(0.5).add(0.5);
        preprocessor
                .putObject("size")
                .put("height", shape.imageSize())
                .put("width", shape.imageSize());
        return preprocessor;
    }

    private String typeName() {
        return switch (elementType) {
            case FLOAT16 -> "float16";
            case BFLOAT16 -> "bfloat16";
            default -> "float32";
        };
    }

    private String safetensorsType() {
        return switch (elementType) {
            case FLOAT16 -> "F16";
            case BFLOAT16 -> "BF16";
            default -> "F32";
        };
    }

    private void writeWeights(Path file, boolean values, Progress progress)
            throws IOException, ProblemException {
        Map<String, Shape> tensors = shape.tensors();
        ObjectNode header = json.createObjectNode();
        long offset = 0;
        for (var tensor : tensors.entrySet()) {
            long bytes = tensor.getValue().elementCount() * elementType.byteSize();
            var entry = header.putObject(tensor.getKey()).put("dtype", safetensorsType());
            var sizes = entry.putArray("shape");
            for (long size : tensor.getValue().toArray()) {
                sizes.add(size);
            }
            entry.putArray("data_offsets").add(offset).add(offset + bytes);
            offset += bytes;
        }
        byte[] text = json.writeValueAsBytes(header);
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var start = ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN);
            start.putLong(text.length).put(text).flip();
            writeFully(channel, start);
            if (values) {
                writeRandom(channel, offset, progress);
            } else {
                channel.write(ByteBuffer.allocate(1), 8 + text.length + offset - 1);
            }
        }
    }

    /// Windows of the block at odd starts, so that no two matrices are alike.
    private void writeRandom(FileChannel channel, long bytes, Progress progress)
            throws IOException, ProblemException {
        ByteBuffer block = randomBlock();
        var random = new SplittableRandom(SEED);
        for (long written = 0; written < bytes; ) {
            if (progress.isCancelled()) {
                throw new ProblemException("Writing the synthetic model was cancelled", "", "");
            }
            int start = random.nextInt(BLOCK_ELEMENTS / 2) * elementType.byteSize();
            long length = Math.min(block.capacity() - start, bytes - written);
            writeFully(channel, block.slice(start, (int) length));
            written += length;
            progress.update(new ProgressUpdate("Writing random weights", (double) written / bytes));
        }
    }

    private ByteBuffer randomBlock() {
        var random = new SplittableRandom(SEED);
        var block =
                ByteBuffer.allocateDirect(BLOCK_ELEMENTS * elementType.byteSize())
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < BLOCK_ELEMENTS; i++) {
            float value = (float) (STANDARD_DEVIATION * random.nextGaussian());
            switch (elementType) {
                case FLOAT16 -> block.putShort(Float.floatToFloat16(value));
                case BFLOAT16 -> block.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
                default -> block.putFloat(value);
            }
        }
        return block.flip();
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
