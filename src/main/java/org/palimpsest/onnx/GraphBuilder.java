package org.palimpsest.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.Dimension.Symbolic;
import org.palimpsest.onnx.proto.Bytes;
import org.palimpsest.onnx.proto.StringEntry;
import org.palimpsest.onnx.proto.TensorProto;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.Tensor;

/// Writes an ONNX graph as Java calls: each operation checks what it is given against [OperatorTable] and returns a
/// value with its type and shape.
///
/// Names are unique and say where in the model a value was made, after the scopes that are open; the same calls give
/// the same bytes. Not thread-safe.
public final class GraphBuilder
        implements ArithmeticOperations, LayoutOperations, ProductOperations, FusedOperations {
    /// The version of `ai.onnx` that ONNX Runtime 1.28 knows in full.
    public static final int LATEST_OPSET = 24;

    private final String name;
    private final int opset;
    private final OperatorForm form;
    private final List<Value> inputs = new ArrayList<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<TensorProto> initializers = new ArrayList<>();
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, List<Entry>> contents = new HashMap<>();
    private final Map<String, Value> constants = new HashMap<>();
    private final Map<String, Integer> nameCounts = new HashMap<>();
    private final Deque<String> scopes = new ArrayDeque<>();

    public GraphBuilder(String name, OperatorForm form) {
        this(name, LATEST_OPSET, form);
    }

    public GraphBuilder(String name, int opset, OperatorForm form) {
        if (opset < 13 || opset > LATEST_OPSET) {
            throw new IllegalArgumentException("No opset that we write: " + opset);
        }
        this.name = name;
        this.opset = opset;
        this.form = form;
    }

    @Override
    public OperatorForm form() {
        return form;
    }

    /// Closes the scope that it stands for.
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /// Puts a part's name in front of all names until the scope is closed.
    public Scope scope(String part) {
        scopes.addLast(part);
        return scopes::removeLast;
    }

    /// A value that the caller of the graph gives.
    ///
    /// @param shape numbers and names, such as `"batch", "sequence", 48`
    public Value input(String inputName, ElementType type, Object... shape) {
        var value = define(inputName, type, Dimension.listOf(shape));
        inputs.add(value);
        return value;
    }

    /// A value that the caller of the graph may give, empty where none is given.
    ///
    /// @param empty its shape where none is given
    /// @param shape as in [#input]
    public Value optionalInput(String inputName, ElementType type, Shape empty, Object... shape) {
        if (empty.elementCount() != 0) {
            throw new IllegalArgumentException(inputName + " is not empty: " + empty);
        }
        var value = define(inputName, type, Dimension.listOf(shape));
        var dims = Arrays.stream(empty.toArray()).boxed().toList();
        inputs.add(value);
        initializers.add(
                new TensorProto(
                        inputName, type.onnxNumber(), dims, Bytes.EMPTY, List.of(), Bytes.EMPTY));
        return value;
    }

    /// Lets the caller of the graph give another value for a weight. What is computed from it is then computed in every run.
    public void allowReplacing(Value weight) {
        requireOwn(weight);
        if (inputs.contains(weight)
                || initializers.stream().noneMatch(each -> each.name().equals(weight.name()))) {
            throw new IllegalArgumentException(weight + " is no weight of its own");
        }
        inputs.add(weight);
    }

    /// A weight whose bytes lie in another file.
    ///
    /// @throws IllegalArgumentException if the length does not suit type and shape
    public Value external(String weightName, ElementType type, Shape shape, ExternalData data) {
        if (data.length() != Math.multiplyExact(shape.elementCount(), (long) type.byteSize())) {
            throw new IllegalArgumentException(
                    weightName + " " + type + " " + shape + " does not fill " + data);
        }
        var entries =
                List.of(
                        new StringEntry("location", data.location()),
                        new StringEntry("offset", Long.toString(data.offset())),
                        new StringEntry("length", Long.toString(data.length())));
        return initializer(weightName, type, shape, null, entries);
    }

    /// A weight inside the model; the bytes are copied.
    public Value weight(String weightName, Tensor tensor) {
        return initializer(
                weightName,
                tensor.elementType(),
                tensor.shape(),
                Bytes.copyOf(tensor.memory()),
                List.of());
    }

    /// A float32 weight inside the model.
    public Value floats(String weightName, Shape shape, float... elements) {
        return initializer(
                weightName,
                ElementType.FLOAT32,
                shape,
                Literals.floats(shape, elements),
                List.of());
    }

    /// An int64 weight inside the model.
    public Value longs(String weightName, Shape shape, long... elements) {
        var value =
                initializer(
                        weightName,
                        ElementType.INT64,
                        shape,
                        Literals.longs(shape, elements),
                        List.of());
        if (shape.rank() <= 1 && elements.length <= 64) {
            contents.put(value.name(), Arrays.stream(elements).mapToObj(Entry::of).toList());
        }
        return value;
    }

    @Override
    public Value longs(long... elements) {
        var key = "ints" + Arrays.toString(elements).replace(" ", "");
        var known = constants.get(key);
        if (known != null) {
            return known;
        }
        var value = longs(unused(key), Shape.of(elements.length), elements);
        constants.put(key, value);
        return value;
    }

    @Override
    public Value sizes(Value... parts) {
        var entries = new ArrayList<Entry>();
        for (var part : parts) {
            requireOwn(part);
            entries.addAll(
                    contents.getOrDefault(part.name(), List.of(Entry.of(new Symbolic("?")))));
        }
        if (entries.stream().allMatch(Entry::isNumber)) {
            return longs(entries.stream().mapToLong(Entry::number).toArray());
        }
        return parts.length == 1 ? parts[0] : concat(0, parts);
    }

    @Override
    public Value scalar(ElementType type, double element) {
        var key =
                type
                        + "("
                        + (type.isFloatingPoint()
                                ? Double.toString(element)
                                : Long.toString((long) element))
                        + ")";
        var known = constants.get(key);
        if (known != null) {
            return known;
        }
        var value =
                initializer(
                        unused(key),
                        type,
                        Shape.SCALAR,
                        Attributes.encode(type, element),
                        List.of());
        if (type == ElementType.INT64) {
            contents.put(value.name(), List.of(Entry.of((long) element)));
        }
        constants.put(key, value);
        return value;
    }

    @Override
    public Value apply(String operator, Attributes attributes, @Nullable Value... operands) {
        return applyMany(operator, 1, attributes, operands).getFirst();
    }

    @Override
    public List<Value> applyMany(
            String operator, int outputCount, Attributes attributes, @Nullable Value... operands) {
        var row = OperatorTable.get(operator);
        if (row.domain().isEmpty() && row.sinceVersion() > opset) {
            throw new IllegalArgumentException(row + " is younger than opset " + opset);
        }
        var given = withoutTrailingNulls(operands);
        given.forEach(this::requireOwn);
        row.checkAttributes(attributes.asMap());
        var types = row.signature().outputTypes(given, outputCount, attributes.asMap());
        var nodeName = unused(path() + row.name());
        var call =
                new Call(
                        nodeName,
                        row.name(),
                        given,
                        attributes.asMap(),
                        outputCount,
                        value -> Optional.ofNullable(contents.get(value.name())));
        var shapes = row.shapeRule().infer(call);
        var results = new ArrayList<Value>();
        for (int i = 0; i < outputCount; i++) {
            var valueName = i == 0 ? nodeName : unused(nodeName + ":" + i);
            results.add(define(valueName, types.get(i), shapes.get(i)));
        }
        Contents.of(call, results.getFirst())
                .ifPresent(known -> contents.put(results.getFirst().name(), known));
        nodes.add(new Node(nodeName, row, given, results, attributes));
        return List.copyOf(results);
    }

    /// Makes a value an output of the graph.
    public void output(String outputName, Value value) {
        requireOwn(value);
        if (outputs.putIfAbsent(outputName, value) != null
                || values.containsKey(outputName) && !value.name().equals(outputName)) {
            throw new IllegalArgumentException("A second value named " + outputName);
        }
    }

    /// The elements of an int64 scalar or vector that are known while building.
    public Optional<long[]> knownLongs(Value value) {
        requireOwn(value);
        return Optional.ofNullable(contents.get(value.name()))
                .filter(entries -> entries.stream().allMatch(Entry::isNumber))
                .map(entries -> entries.stream().mapToLong(Entry::number).toArray());
    }

    /// The nodes so far, in the order in which they were written.
    public List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    public Graph graph() {
        return new Graph(
                name,
                List.copyOf(inputs),
                Collections.unmodifiableMap(new LinkedHashMap<>(outputs)),
                List.copyOf(nodes),
                List.copyOf(initializers));
    }

    /// The graph as it stands, as a model.
    public OnnxModel toModel() {
        return ModelWriter.toModel(graph(), opset);
    }

    private Value initializer(
            String weightName,
            ElementType type,
            Shape shape,
            @Nullable Bytes data,
            List<StringEntry> externalData) {
        var value = define(weightName, type, Dimension.fixed(shape.toArray()));
        var dims = Arrays.stream(shape.toArray()).boxed().toList();
        initializers.add(
                new TensorProto(
                        weightName, type.onnxNumber(), dims, data, externalData, Bytes.EMPTY));
        return value;
    }

    private Value define(String valueName, ElementType type, List<Dimension> shape) {
        var value = new Value(valueName, type, shape);
        if (values.putIfAbsent(valueName, value) != null) {
            throw new IllegalArgumentException("A second value named " + valueName);
        }
        return value;
    }

    private void requireOwn(@Nullable Value value) {
        if (value != null && !Objects.equals(values.get(value.name()), value)) {
            throw new IllegalArgumentException(value + " is not a value of the graph " + name);
        }
    }

    private String path() {
        return scopes.isEmpty() ? "" : String.join("/", scopes) + "/";
    }

    /// The name, with a number behind it from the second time on.
    private String unused(String wanted) {
        while (true) {
            int count = nameCounts.merge(wanted, 1, Integer::sum);
            var candidate = count == 1 ? wanted : wanted + "_" + count;
            if (!values.containsKey(candidate)) {
                return candidate;
            }
        }
    }

    private static List<@Nullable Value> withoutTrailingNulls(@Nullable Value[] operands) {
        int size = operands.length;
        while (size > 0 && operands[size - 1] == null) {
            size--;
        }
        return new ArrayList<>(Arrays.asList(operands).subList(0, size));
    }
}
