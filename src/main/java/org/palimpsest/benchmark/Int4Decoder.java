package org.palimpsest.benchmark;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.onnx.Attributes;
import org.palimpsest.onnx.ExternalData;
import org.palimpsest.onnx.GraphEditor;
import org.palimpsest.onnx.OnnxModel;
import org.palimpsest.onnx.StoredWeight;
import org.palimpsest.onnx.proto.Bytes;
import org.palimpsest.onnx.proto.NodeProto;
import org.palimpsest.onnx.proto.StringEntry;
import org.palimpsest.onnx.proto.TensorProto;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;

/// Writes the `_q4` form of a float32 decoder beside it, as public export scripts do: every product with a weight becomes
/// MatMulNBits with 4 bits in blocks of 32, symmetric, without an accuracy level.
///
/// What is no product (norms) stays in the float32 decoder's data file, which is still needed.
final class Int4Decoder {
    private static final String NAME = "decoder_model_merged";
    private static final String FUSED_PRODUCT = "com.microsoft:FusedMatMul";
    private static final int BLOCK = 32;
    private static final int PACKED_BLOCK = BLOCK / 2;
    private static final int MIDDLE = 8;

    private final Path folder;
    private final String dataFile = NAME + "_q4.onnx_data";
    private final GraphEditor editor;
    private final FileChannel source;
    private final FileChannel target;
    private long end;

    private Int4Decoder(Path folder, GraphEditor editor, FileChannel source, FileChannel target) {
        this.folder = folder;
        this.editor = editor;
        this.source = source;
        this.target = target;
    }

    /// @param folder the folder `onnx` of a converted model
    static void write(Path folder, Progress progress) throws ProblemException {
        GraphEditor editor = OnnxModel.read(folder.resolve(NAME + ".onnx")).edit();
        Path sourceFile = folder.resolve(NAME + ".onnx_data");
        Path targetFile = folder.resolve(NAME + "_q4.onnx_data");
        try (var source = FileChannel.open(sourceFile);
                var target =
                        FileChannel.open(
                                targetFile,
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE)) {
            new Int4Decoder(folder, editor, source, target).quantize(progress);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The 4-bit decoder cannot be written",
                            targetFile + ": " + e.getMessage(),
                            "Check that the disk has room"),
                    e);
        }
    }

    private void quantize(Progress progress) throws IOException, ProblemException {
        List<NodeProto> products = editor.nodes(FUSED_PRODUCT);
        int done = 0;
        for (NodeProto product : products) {
            if (progress.isCancelled()) {
                throw new ProblemException("Writing the 4-bit decoder was cancelled", "", "");
            }
            Optional<StoredWeight> weight = editor.weight(product.inputs().get(1));
            // Rows that do not fill their last block stay as they are; published sizes have none.
            if (weight.isPresent() && weight.get().shape().size(1) % BLOCK == 0) {
                quantize(product, weight.get());
            }
            done++;
            progress.update(
                    new ProgressUpdate(
                            "Writing the 4-bit decoder", (double) done / products.size()));
        }
        editor.removeUnused();
        Files.write(folder.resolve(NAME + "_q4.onnx"), editor.toModel().toBytes());
    }

    /// `x·Wᵀ` with W `[out, in]` becomes MatMulNBits with the same rows in blocks.
    private void quantize(NodeProto product, StoredWeight weight)
            throws IOException, ProblemException {
        long rows = weight.shape().size(0);
        long columns = weight.shape().size(1);
        long blocks = columns / BLOCK;
        ExternalData data = weight.externalData().orElseThrow();
        String packed = weight.name() + "_Q4";
        String scales = weight.name() + "_scales";
        if (editor.weight(packed).isEmpty()) {
            long packedStart = end;
            long scalesStart = packedStart + rows * blocks * PACKED_BLOCK;
            writeRows(data, rows, columns, packedStart, scalesStart);
            end = scalesStart + rows * blocks * Float.BYTES;
            putWeight(packed, ElementType.UINT8, packedStart, rows, blocks, PACKED_BLOCK);
            putWeight(scales, ElementType.FLOAT32, scalesStart, rows * blocks);
        }
        var attributes =
                Attributes.NONE
                        .with("K", columns)
                        .with("N", rows)
                        .with("bits", 4)
                        .with("block_size", BLOCK);
        editor.replace(
                product,
                GraphEditor.node(
                        "com.microsoft:MatMulNBits",
                        product.name() + "_Q4",
                        List.of(product.inputs().getFirst(), packed, scales),
                        product.outputs(),
                        attributes));
    }

    private void putWeight(String name, ElementType type, long offset, long... sizes) {
        long length = type.byteSize();
        for (long size : sizes) {
            length *= size;
        }
        editor.putWeight(
                new TensorProto(
                        name,
                        type.onnxNumber(),
                        Arrays.stream(sizes).boxed().toList(),
                        null,
                        List.of(
                                new StringEntry("location", dataFile),
                                new StringEntry("offset", Long.toString(offset)),
                                new StringEntry("length", Long.toString(length))),
                        Bytes.EMPTY));
    }

    private void writeRows(
            ExternalData data, long rows, long columns, long packedStart, long scalesStart)
            throws IOException {
        int blocks = (int) (columns / BLOCK);
        var packed = ByteBuffer.allocate(blocks * PACKED_BLOCK);
        var scales = ByteBuffer.allocate(blocks * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        var values = new float[(int) columns];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all =
                    source.map(FileChannel.MapMode.READ_ONLY, data.offset(), data.length(), arena);
            for (long row = 0; row < rows; row++) {
                MemorySegment.copy(
                        all,
                        ValueLayout.JAVA_FLOAT_UNALIGNED,
                        row * columns * Float.BYTES,
                        values,
                        0,
                        values.length);
                packed.clear();
                scales.clear();
                for (int block = 0; block < blocks; block++) {
                    scales.putFloat(quantizeBlock(values, block * BLOCK, packed));
                }
                target.write(packed.flip(), packedStart + row * packed.limit());
                target.write(scales.flip(), scalesStart + row * scales.limit());
            }
        }
    }

    /// The value that is furthest from zero becomes −8, so the other end reaches 7 at most.
    ///
    /// @return the scale: value = scale · (quantized − 8)
    private static float quantizeBlock(float[] values, int from, ByteBuffer packed) {
        float furthest = 0;
        for (int i = from; i < from + BLOCK; i++) {
            if (Math.abs(values[i]) > Math.abs(furthest)) {
                furthest = values[i];
            }
        }
        float scale = furthest / -MIDDLE;
        float inverse = scale == 0 ? 0 : 1 / scale;
        for (int i = from; i < from + BLOCK; i += 2) {
            int low = nibble(values[i] * inverse);
            int high = nibble(values[i + 1] * inverse);
            packed.put((byte) (low | high << 4));
        }
        return scale;
    }

    private static int nibble(float scaled) {
        return Math.clamp(Math.round(scaled) + MIDDLE, 0, 2 * MIDDLE - 1);
    }
}
