package org.palimpsest.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.palimpsest.onnx.proto.ModelProto;
import org.palimpsest.onnx.proto.NodeProto;
import org.palimpsest.onnx.proto.ProtoFormatException;
import org.palimpsest.onnx.proto.ProtoWriter;
import org.palimpsest.onnx.proto.StringEntry;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// An ONNX model: built here or read from a file. What we do not understand of a file stays in it.
///
/// Immutable.
public final class OnnxModel {
    /// The most that the format holds, and a Java array with it.
    private static final long LARGEST = Integer.MAX_VALUE - 64;

    private final ModelProto proto;

    OnnxModel(ModelProto proto) {
        this.proto = proto;
    }

    /// Reads a model without its external data.
    ///
    /// @throws ProblemException naming the file, if it cannot be read or is no ONNX model
    public static OnnxModel read(Path file) throws ProblemException {
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                throw new ProblemException(
                        "This ONNX file is too large",
                        file + " has " + size + " bytes, the format ends at 2 GiB",
                        "Use an export that keeps its weights in a file of their own");
            }
            return read(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "This file cannot be read",
                            file + ": " + e.getMessage(),
                            "Check that it exists and that you may read it"),
                    e);
        }
    }

    /// Reads a model from bytes, which must not be changed afterwards.
    public static OnnxModel read(byte[] bytes) throws ProblemException {
        return read(bytes, "model in memory");
    }

    private static OnnxModel read(byte[] bytes, String where) throws ProblemException {
        try {
            return new OnnxModel(ModelProto.read(bytes));
        } catch (ProtoFormatException e) {
            throw new ProblemException(
                    new Problem(
                            "This is not an ONNX model",
                            where + ": " + e.getMessage(),
                            "Download or export the file again"),
                    e);
        }
    }

    /// @throws IllegalStateException beyond 2 GiB
    public byte[] toBytes() {
        return writer().toBytes();
    }

    public void writeTo(OutputStream out) throws IOException {
        writer().writeTo(out);
    }

    private ProtoWriter writer() {
        var writer = new ProtoWriter();
        proto.writeTo(writer);
        return writer;
    }

    /// An editor that starts from this model.
    public GraphEditor edit() {
        return new GraphEditor(proto);
    }

    public ModelProto proto() {
        return proto;
    }

    public List<ModelInput> inputs() {
        var weights =
                proto.graph().initializers().stream()
                        .map(tensor -> tensor.name())
                        .collect(Collectors.toSet());
        return proto.graph().inputs().stream()
                .filter(input -> !weights.contains(input.name()))
                .map(ModelInput::of)
                .toList();
    }

    public List<ModelInput> outputs() {
        return proto.graph().outputs().stream().map(ModelInput::of).toList();
    }

    public List<NodeProto> nodes() {
        return proto.graph().nodes();
    }

    public List<StoredWeight> weights() {
        return proto.graph().initializers().stream().map(StoredWeight::new).toList();
    }

    public Optional<StoredWeight> weight(String name) {
        return weights().stream().filter(weight -> weight.name().equals(name)).findFirst();
    }

    /// How often each operator occurs at the top level, by the keys of [OperatorTable].
    public Map<String, Long> operatorCounts() {
        return nodes().stream()
                .collect(
                        Collectors.groupingBy(
                                node -> GraphEditor.key(node),
                                TreeMap::new,
                                Collectors.counting()));
    }

    /// The version of an operator domain; empty text is `ai.onnx`.
    public Optional<Long> opset(String domain) {
        return proto.operatorSets().stream()
                .filter(set ->
                        set.domain().equals(domain)
                                || domain.isEmpty() && set.domain().equals("ai.onnx"))
                .map(set -> set.version())
                .findFirst();
    }

    public Map<String, String> metadata() {
        return proto.metadata().stream()
                .collect(
                        Collectors.toMap(
                                StringEntry::key,
                                StringEntry::value,
                                (_, last) -> last,
                                TreeMap::new));
    }
}
