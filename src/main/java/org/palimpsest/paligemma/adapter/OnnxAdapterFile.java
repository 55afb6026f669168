package org.palimpsest.paligemma.adapter;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.palimpsest.paligemma.graph.Adaptation;
import org.palimpsest.paligemma.weights.Layout;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Weight;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.TensorInfo;

/// An adapter in the form that ONNX Runtime takes beside a model, a `.onnx_adapter` file: one value for each input of a graph
/// that may go without.
///
/// The format is a flatbuffer (onnxruntime/lora/adapter_format/adapter_schema.fbs, b63b9a9). The scale of a term is
/// multiplied into its B. A graph refuses parameters that it does not know, so each graph has a file of its own.
public final class OnnxAdapterFile {
    private static final String IDENTIFIER = "TORT";
    private static final int FORMAT_VERSION = 1;
    private static final long MOST_BYTES = 2_000_000_000;

    /// Which graph the parameters are for.
    public enum Part {
        VISION_ENCODER,
        DECODER;

        boolean has(Parameter parameter) {
            return parameter.role().isOfVision() == (this == VISION_ENCODER);
        }
    }

    private OnnxAdapterFile() {}

    /// Writes the file for one graph of an adaptable model.
    public static void write(Path file, Adapter adapter, Part part, PaliGemmaWeights weights)
            throws ProblemException {
        AtomicFiles.write(file, toBytes(adapter, part, weights));
    }

    /// The content of the file.
    ///
    /// @param weights of the model: weights that are replaced lie as they do there
    /// @throws ProblemException if it would be larger than one piece of memory, or weights are replaced that no graph lets
    ///     replace
    public static byte[] toBytes(Adapter adapter, Part part, PaliGemmaWeights weights)
            throws ProblemException {
        var parameters = new ArrayList<Content>();
        adapter.terms()
                .forEach((parameter, term) -> {
                    if (part.has(parameter)) {
                        addTerm(parameters, parameter, term);
                    }
                });
        for (var entry : adapter.replaced().entrySet()) {
            requireReplaceable(entry.getKey());
            if (part.has(entry.getKey())) {
                parameters.add(replaced(weights.get(entry.getKey()), entry.getValue()));
            }
        }
        long bytes = parameters.stream().mapToLong(each -> each.info.byteSize() + 256).sum();
        if (bytes > MOST_BYTES) {
            throw new ProblemException(
                    "The adapter is too large to be switched on beside its model",
                    bytes + " bytes, at most " + MOST_BYTES,
                    "Merge it into the model with palimpsest model merge");
        }
        return encode(parameters, (int) bytes);
    }

    private record Content(TensorInfo info, float[] values, float scale) {}

    private static void addTerm(List<Content> to, Parameter parameter, Adapter.Term term) {
        var a =
                new TensorInfo(
                        Adaptation.a(parameter),
                        ElementType.FLOAT32,
                        Shape.of(term.rank(), term.in()));
        var b =
                new TensorInfo(
                        Adaptation.b(parameter),
                        ElementType.FLOAT32,
                        Shape.of(term.out(), term.rank()));
        to.add(new Content(a, term.a(), 1));
        to.add(new Content(b, term.b(), (float) term.scaling()));
    }

    private static void requireReplaceable(Parameter parameter) throws ProblemException {
        if (!Adaptation.isReplaceable(parameter)) {
            throw new ProblemException(
                    "This adapter cannot be switched on beside its model",
                    "it replaces " + parameter + ", only the projector may be replaced",
                    "Merge it into the model with palimpsest model merge");
        }
    }

    private static Content replaced(Weight weight, float[] values) {
        var info =
                new TensorInfo(
                        Adaptation.weight(weight.parameter()), ElementType.FLOAT32, weight.shape());
        boolean transposed = weight.layout() == Layout.IN_OUT;
        return new Content(info, transposed ? transpose(values, weight.shape()) : values, 1);
    }

    /// From `[out, in]` to this `[in, out]`.
    private static float[] transpose(float[] values, Shape shape) {
        int in = Math.toIntExact(shape.size(0));
        int out = Math.toIntExact(shape.size(1));
        var result = new float[values.length];
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                result[i * out + o] = values[o * in + i];
            }
        }
        return result;
    }

    private static byte[] encode(List<Content> parameters, int roughSize) {
        var builder = new FlatBufferBuilder(Math.max(roughSize, 1024));
        var tables = new int[parameters.size()];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = encode(builder, parameters.get(i));
        }
        int vector = builder.createVectorOfTables(tables);
        builder.startTable(4);
        builder.addOffset(3, vector, 0);
        builder.addInt(2, 1, 0); // model_version
        builder.addInt(1, 1, 0); // adapter_version
        builder.addInt(0, FORMAT_VERSION, 0);
        builder.finish(builder.endTable(), IDENTIFIER);
        return builder.sizedByteArray();
    }

    private static int encode(FlatBufferBuilder builder, Content content) {
        TensorInfo info = content.info;
        int length = Math.toIntExact(info.byteSize());
        ByteBuffer raw = builder.createUnintializedVector(1, length, 8);
        fill(raw, content);
        int data = builder.endVector();
        long[] sizes = info.shape().toArray();
        builder.startVector(Long.BYTES, sizes.length, Long.BYTES);
        for (int i = sizes.length - 1; i >= 0; i--) {
            builder.addLong(sizes[i]);
        }
        int dims = builder.endVector();
        int name = builder.createString(info.name());
        builder.startTable(4);
        builder.addOffset(3, data, 0);
        builder.addInt(2, info.elementType().onnxNumber(), 0);
        builder.addOffset(1, dims, 0);
        builder.addOffset(0, name, 0);
        return builder.endTable();
    }

    private static void fill(ByteBuffer target, Content content) {
        for (float value : content.values) {
            target.putFloat(value * content.scale);
        }
    }
}
