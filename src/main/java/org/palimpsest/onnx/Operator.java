package org.palimpsest.onnx;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.palimpsest.onnx.proto.Attribute;

/// A row of the operator table: what a call of the operator must look like, and what comes out.
///
/// @param name as in the specification
/// @param domain empty for `ai.onnx`
/// @param sinceVersion the first version of the domain in which the operator has these inputs and attributes
/// @param signature number and element types of inputs and outputs
/// @param attributes every attribute that it knows
/// @param shapeRule the shapes of the outputs from the call
public record Operator(
        String name,
        String domain,
        int sinceVersion,
        Signature signature,
        List<AttributeRule> attributes,
        ShapeRule shapeRule) {
    public static final String MICROSOFT = "com.microsoft";

    /// One attribute that an operator takes.
    record AttributeRule(String name, Class<? extends Attribute> kind, boolean mandatory) {}

    /// Infers the shape of each output, left to right, as many as the operator can give.
    @FunctionalInterface
    interface ShapeRule {
        List<List<Dimension>> infer(Call call);
    }

    /// The key of the table: the name, with its domain in front if that is not `ai.onnx`.
    public String key() {
        return domain.isEmpty() ? name : domain + ":" + name;
    }

    /// Checks that a call gives only known attributes of the right kind, and all that are mandatory.
    ///
    /// @throws IllegalArgumentException naming the operator, the attribute and what was expected
    void checkAttributes(Map<String, Attribute> given) {
        var known =
                attributes.stream()
                        .collect(Collectors.toMap(AttributeRule::name, Function.identity()));
        given.forEach((attribute, value) -> {
            var rule = known.get(attribute);
            if (rule == null) {
                throw new IllegalArgumentException(
                        key()
                                + " has no attribute "
                                + attribute
                                + ". It has "
                                + attributes.stream().map(AttributeRule::name).toList());
            }
            if (!rule.kind().isInstance(value)) {
                throw new IllegalArgumentException(
                        key()
                                + "."
                                + attribute
                                + " is a "
                                + rule.kind().getSimpleName()
                                + ", not "
                                + value);
            }
        });
        for (var rule : attributes) {
            if (rule.mandatory() && !given.containsKey(rule.name())) {
                throw new IllegalArgumentException(key() + " needs the attribute " + rule.name());
            }
        }
    }

    @Override
    public String toString() {
        return key() + "-" + sinceVersion;
    }
}
