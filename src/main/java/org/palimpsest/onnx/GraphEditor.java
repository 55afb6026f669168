package org.palimpsest.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.palimpsest.onnx.proto.Attribute;
import org.palimpsest.onnx.proto.Attribute.GraphAttribute;
import org.palimpsest.onnx.proto.AttributeProto;
import org.palimpsest.onnx.proto.Bytes;
import org.palimpsest.onnx.proto.GraphProto;
import org.palimpsest.onnx.proto.ModelProto;
import org.palimpsest.onnx.proto.NodeProto;
import org.palimpsest.onnx.proto.OperatorSetProto;
import org.palimpsest.onnx.proto.TensorProto;
import org.palimpsest.onnx.proto.ValueInfoProto;
import org.palimpsest.tensor.Shape;

/// Rewrites a model: attributes, nodes, names, inputs and outputs. Everything else, external data and fields that we do
/// not know included, stays as it was.
///
/// Nodes keep their order, so a node must be put behind those whose outputs it takes. Not thread-safe.
public final class GraphEditor {
    private final ModelProto origin;
    private final List<NodeProto> nodes;
    private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
    private final List<ValueInfoProto> inputs;
    private final List<ValueInfoProto> outputs;
    private final List<OperatorSetProto> operatorSets;
    private List<ValueInfoProto> values;

    GraphEditor(ModelProto origin) {
        this.origin = origin;
        var graph = origin.graph();
        nodes = new ArrayList<>(graph.nodes());
        graph.initializers().forEach(tensor -> initializers.put(tensor.name(), tensor));
        inputs = new ArrayList<>(graph.inputs());
        outputs = new ArrayList<>(graph.outputs());
        operatorSets = new ArrayList<>(origin.operatorSets());
        values = graph.values();
    }

    /// A node that is checked against the operator table as far as it knows the operator.
    ///
    /// @param key as in [OperatorTable]: `Slice`, `com.microsoft:MatMulNBits`
    public static NodeProto node(
            String key,
            String name,
            List<String> inputs,
            List<String> outputs,
            Attributes attributes) {
        int colon = key.indexOf(':');
        var domain = colon < 0 ? "" : key.substring(0, colon);
        var operator = key.substring(colon + 1);
        OperatorTable.find(domain, operator)
                .ifPresent(row -> row.checkAttributes(attributes.asMap()));
        return new NodeProto(
                name, domain, operator, inputs, outputs, attributes.toProtos(), Bytes.EMPTY);
    }

    /// The key of a node's operator, as in [OperatorTable].
    static String key(NodeProto node) {
        return node.domain().isEmpty() || node.domain().equals("ai.onnx")
                ? node.operator()
                : node.domain() + ":" + node.operator();
    }

    public List<NodeProto> nodes() {
        return List.copyOf(nodes);
    }

    /// The nodes of one operator, by its key in [OperatorTable].
    public List<NodeProto> nodes(String key) {
        return nodes.stream().filter(node -> key(node).equals(key)).toList();
    }

    /// The node that computes a value; empty for inputs and initializers.
    public Optional<NodeProto> producer(String value) {
        return nodes.stream().filter(node -> node.outputs().contains(value)).findFirst();
    }

    public List<NodeProto> consumers(String value) {
        return nodes.stream().filter(node -> node.inputs().contains(value)).toList();
    }

    public Optional<StoredWeight> weight(String name) {
        return Optional.ofNullable(initializers.get(name)).map(StoredWeight::new);
    }

    /// Sets an attribute of all nodes of one operator, those in nested graphs included.
    ///
    /// @return how many there are
    public int setAttribute(String key, String attribute, Attribute value) {
        var count = new int[1];
        nodes.replaceAll(node ->
                rewrite(
                        node,
                        each -> {
                            if (!key(each).equals(key)) {
                                return each;
                            }
                            count[0]++;
                            return each.withAttribute(attribute, value);
                        }));
        return count[0];
    }

    /// Puts other nodes in the place of one.
    public void replace(NodeProto old, NodeProto... replacements) {
        int at = indexOf(old);
        nodes.remove(at);
        nodes.addAll(at, Arrays.asList(replacements));
    }

    public void insertBefore(NodeProto anchor, NodeProto... more) {
        nodes.addAll(indexOf(anchor), Arrays.asList(more));
    }

    public void append(NodeProto... more) {
        nodes.addAll(Arrays.asList(more));
    }

    /// Removes nodes; their outputs must be given by others, or not be needed.
    ///
    /// @return how many there were
    public int removeNodes(Predicate<NodeProto> which) {
        int before = nodes.size();
        nodes.removeIf(which);
        return before - nodes.size();
    }

    /// Cuts the graph in front of an output: what was computed under its name gets another one, and the caller adds
    /// nodes that compute the output from it.
    ///
    /// @return the name that the value now has
    public String freeOutput(String output) {
        var inner = unusedName(output + "/inner");
        nodes.replaceAll(node -> rewrite(node, each -> renamed(each, output, inner)));
        return inner;
    }

    /// Gives a value another name wherever it occurs, nested graphs included.
    public void rename(String from, String to) {
        if (from.equals(to)) {
            return;
        }
        if (names().contains(to)) {
            throw new IllegalArgumentException("A second value named " + to);
        }
        nodes.replaceAll(node -> rewrite(node, each -> renamed(each, from, to)));
        UnaryOperator<ValueInfoProto> info =
                value -> value.name().equals(from) ? value.withName(to) : value;
        inputs.replaceAll(info);
        outputs.replaceAll(info);
        values = values.stream().map(info).toList();
        var tensor = initializers.remove(from);
        if (tensor != null) {
            initializers.put(to, tensor.withName(to));
        }
    }

    /// Lets all nodes that take one value take another.
    public void replaceUses(String from, String to) {
        nodes.replaceAll(
                node -> rewrite(node, each -> each.withInputs(swap(each.inputs(), from, to))));
    }

    public void addInput(Value value) {
        inputs.add(ModelWriter.info(value.name(), value));
    }

    public void removeInput(String name) {
        inputs.removeIf(input -> input.name().equals(name));
    }

    public void addOutput(Value value) {
        outputs.add(ModelWriter.info(value.name(), value));
    }

    public void removeOutput(String name) {
        outputs.removeIf(output -> output.name().equals(name));
    }

    /// Declares another type or shape for an output that is there.
    public void redeclareOutput(Value value) {
        outputs.replaceAll(output ->
                output.name().equals(value.name())
                        ? ModelWriter.info(value.name(), value)
                        : output);
    }

    /// Adds or replaces a weight.
    public void putWeight(TensorProto tensor) {
        initializers.put(tensor.name(), tensor);
    }

    /// Adds an int64 weight and gives its name, which is made unique.
    public String addLongs(String wanted, Shape shape, long... elements) {
        var name = unusedName(wanted);
        var dims = Arrays.stream(shape.toArray()).boxed().toList();
        initializers.put(
                name,
                new TensorProto(
                        name, 7, dims, Literals.longs(shape, elements), List.of(), Bytes.EMPTY));
        return name;
    }

    /// Makes sure that the model imports an operator domain; the version is left alone where it does.
    public void requireDomain(String domain, long version) {
        if (operatorSets.stream().noneMatch(set -> set.domain().equals(domain))) {
            operatorSets.add(new OperatorSetProto(domain, version));
        }
    }

    /// Removes nodes and weights that no output needs.
    ///
    /// @return how many nodes
    public int removeUnused() {
        var needed = new HashSet<String>();
        outputs.forEach(output -> needed.add(output.name()));
        var kept = new ArrayList<NodeProto>();
        for (var node : nodes.reversed()) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                kept.add(node);
                needed.addAll(takenBy(node));
            }
        }
        int removed = nodes.size() - kept.size();
        nodes.clear();
        nodes.addAll(kept.reversed());
        initializers.keySet().retainAll(needed);
        return removed;
    }

    /// A name that no value of the model has, the wanted one if possible.
    public String unusedName(String wanted) {
        var taken = names();
        var candidate = wanted;
        for (int i = 2; taken.contains(candidate); i++) {
            candidate = wanted + "_" + i;
        }
        return candidate;
    }

    public OnnxModel toModel() {
        var graph = origin.graph();
        var changed =
                new GraphProto(
                        graph.name(),
                        nodes,
                        List.copyOf(initializers.values()),
                        inputs,
                        outputs,
                        values,
                        graph.unknown());
        return new OnnxModel(
                new ModelProto(
                        origin.irVersion(),
                        origin.producer(),
                        changed,
                        operatorSets,
                        origin.metadata(),
                        origin.unknown()));
    }

    private int indexOf(NodeProto node) {
        int at = nodes.indexOf(node);
        if (at < 0) {
            throw new IllegalArgumentException("Not a node of the model: " + node);
        }
        return at;
    }

    private Set<String> names() {
        var names = new HashSet<>(initializers.keySet());
        inputs.forEach(input -> names.add(input.name()));
        outputs.forEach(output -> names.add(output.name()));
        nodes.forEach(node -> {
            names.addAll(node.outputs());
            names.addAll(takenBy(node));
        });
        return names;
    }

    /// The names that a node takes, those that its nested graphs take from outside included.
    private static Set<String> takenBy(NodeProto node) {
        var taken = new HashSet<>(node.inputs());
        for (var attribute : node.attributes()) {
            if (attribute.value() instanceof GraphAttribute(GraphProto nested)) {
                nested.nodes().forEach(inner -> taken.addAll(takenBy(inner)));
                nested.outputs().forEach(output -> taken.add(output.name()));
            }
        }
        return taken;
    }

    /// Applies a change to a node and to all nodes of graphs inside it.
    private static NodeProto rewrite(NodeProto node, UnaryOperator<NodeProto> change) {
        boolean nested =
                node.attributes().stream()
                        .anyMatch(attribute -> attribute.value() instanceof GraphAttribute);
        if (!nested) {
            return change.apply(node);
        }
        var attributes = node.attributes().stream().map(each -> rewrite(each, change)).toList();
        return change.apply(
                new NodeProto(
                        node.name(),
                        node.domain(),
                        node.operator(),
                        node.inputs(),
                        node.outputs(),
                        attributes,
                        node.unknown()));
    }

    private static AttributeProto rewrite(
            AttributeProto attribute, UnaryOperator<NodeProto> change) {
        if (!(attribute.value() instanceof GraphAttribute(GraphProto graph))) {
            return attribute;
        }
        var inner = graph.nodes().stream().map(node -> rewrite(node, change)).toList();
        return new AttributeProto(
                attribute.name(),
                new GraphAttribute(
                        new GraphProto(
                                graph.name(),
                                inner,
                                graph.initializers(),
                                graph.inputs(),
                                graph.outputs(),
                                graph.values(),
                                graph.unknown())),
                attribute.unknown());
    }

    private static NodeProto renamed(NodeProto node, String from, String to) {
        return node.withInputs(swap(node.inputs(), from, to))
                .withOutputs(swap(node.outputs(), from, to));
    }

    private static List<String> swap(List<String> names, String from, String to) {
        return names.contains(from)
                ? names.stream().map(name -> name.equals(from) ? to : name).toList()
                : names;
    }
}
