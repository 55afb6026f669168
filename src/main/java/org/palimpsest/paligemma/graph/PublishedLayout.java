package org.palimpsest.paligemma.graph;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.onnx.ExternalData;
import org.palimpsest.onnx.OnnxModel;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.paligemma.weights.Weight;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Tensor;

/// Writes a checkpoint as the three files of the published ONNX layout, in float32, each with its weights in a file beside it.
public final class PublishedLayout {
    /// Weights start at multiples of this, so that they can be mapped as they are.
    private static final int ALIGNMENT = 4096;

    private static final int CHUNK_VALUES = 1 << 20;

    private final PaliGemmaWeights weights;
    private final Path folder;
    private final Progress progress;
    private long written;
    private final long total;

    private PublishedLayout(PaliGemmaWeights weights, Path folder, Progress progress) {
        this.weights = weights;
        this.folder = folder;
        this.progress = progress;
        this.total = byteSize(weights);
    }

    /// Bytes that the files will have, but for some kilobytes: the embedding table is in two of them.
    public static long byteSize(PaliGemmaWeights weights) {
        long elements =
                weights.all().stream().mapToLong(weight -> weight.shape().elementCount()).sum()
                        + weights.get(Parameter.of(Role.TOKEN_EMBEDDING)).shape().elementCount();
        return elements * Float.BYTES;
    }

    /// Writes `embed_tokens`, `vision_encoder` and `decoder_model_merged`, each `.onnx` and `.onnx_data`.
    ///
    /// @param folder an existing folder
    /// @throws CancellationException if the progress was cancelled
    public static void write(PaliGemmaWeights weights, Path folder, Progress progress)
            throws IOException, ProblemException {
        var layout = new PublishedLayout(weights, folder, progress);
        layout.write(
                "embed_tokens",
                places -> DecoderGraph.publishedEmbedder(weights, places, GraphOptions.CPU));
        layout.write(
                "vision_encoder",
                places -> VisionGraph.build(weights, places, GraphOptions.CPU, true));
        layout.write(
                "decoder_model_merged",
                places -> DecoderGraph.published(weights, places, GraphOptions.CPU));
    }

    /// Builds a graph over these places of weights.
    @FunctionalInterface
    private interface GraphFactory {
        OnnxModel build(WeightPlaces places);
    }

    private void write(String name, GraphFactory factory) throws IOException, ProblemException {
        String dataFile = name + ".onnx_data";
        Map<Weight, ExternalData> assigned = new LinkedHashMap<>();
        var end = new long[1];
        OnnxModel model =
                factory.build(weight -> {
                    long length = weight.shape().elementCount() * Float.BYTES;
                    var data = new ExternalData(dataFile, end[0], length);
                    assigned.put(weight, data);
                    end[0] = Math.ceilDiv(end[0] + length, ALIGNMENT) * ALIGNMENT;
                    return new WeightPlaces.Place(data, ElementType.FLOAT32);
                });
        Files.write(folder.resolve(name + ".onnx"), model.toBytes());
        try (FileChannel channel =
                FileChannel.open(
                        folder.resolve(dataFile),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE)) {
            for (Map.Entry<Weight, ExternalData> entry : assigned.entrySet()) {
                progress.update(
                        new ProgressUpdate(
                                "Writing " + dataFile, total == 0 ? 1 : (double) written / total));
                copy(entry.getKey(), channel, entry.getValue().offset());
                written += entry.getValue().length();
            }
            channel.force(true);
        }
    }

    private void copy(Weight weight, FileChannel channel, long offset)
            throws IOException, ProblemException {
        var buffer =
                ByteBuffer.allocateDirect(CHUNK_VALUES * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        try (Arena arena = Arena.ofConfined()) {
            Tensor tensor = weights.map(weight, arena);
            long count = tensor.shape().elementCount();
            long position = offset;
            for (long from = 0; from < count; from += CHUNK_VALUES) {
                if (progress.isCancelled()) {
                    throw new CancellationException("Writing " + folder);
                }
                int some = (int) Math.min(CHUNK_VALUES, count - from);
                buffer.clear();
                buffer.asFloatBuffer().put(tensor.toFloats(from, some));
                buffer.limit(some * Float.BYTES);
                while (buffer.hasRemaining()) {
                    position += channel.write(buffer, position);
                }
            }
        }
    }
}
