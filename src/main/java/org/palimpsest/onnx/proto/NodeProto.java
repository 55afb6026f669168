package org.palimpsest.onnx.proto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One call of an operator (onnx.proto, `NodeProto`). An empty input name is an optional input left out.
///
/// @param unknown the fields that we do not model, as they were read
public record NodeProto(
        String name,
        String domain,
        String operator,
        List<String> inputs,
        List<String> outputs,
        List<AttributeProto> attributes,
        Bytes unknown)
        implements ProtoMessage {
    public NodeProto {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = List.copyOf(attributes);
    }

    public Optional<Attribute> attribute(String attributeName) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(attributeName))
                .map(AttributeProto::value)
                .findFirst();
    }

    public NodeProto withAttribute(String attributeName, Attribute value) {
        var changed = new ArrayList<AttributeProto>();
        boolean found = false;
        for (var attribute : attributes) {
            if (attribute.name().equals(attributeName)) {
                changed.add(new AttributeProto(attributeName, value));
                found = true;
            } else {
                changed.add(attribute);
            }
        }
        if (!found) {
            changed.add(new AttributeProto(attributeName, value));
        }
        return new NodeProto(name, domain, operator, inputs, outputs, changed, unknown);
    }

    public NodeProto withInputs(List<String> names) {
        return new NodeProto(name, domain, operator, names, outputs, attributes, unknown);
    }

    public NodeProto withOutputs(List<String> names) {
        return new NodeProto(name, domain, operator, inputs, names, attributes, unknown);
    }

    static NodeProto read(ProtoReader reader) throws ProtoFormatException {
        String name = "";
        String domain = "";
        String operator = "";
        var inputs = new ArrayList<String>();
        var outputs = new ArrayList<String>();
        var attributes = new ArrayList<AttributeProto>();
        var unknown = new ProtoReader.Unknown();
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> inputs.add(reader.string());
                case 2 -> outputs.add(reader.string());
                case 3 -> name = reader.string();
                case 4 -> operator = reader.string();
                case 5 -> attributes.add(AttributeProto.read(reader.message()));
                case 7 -> domain = reader.string();
                default -> reader.keepTo(unknown);
            }
        }
        return new NodeProto(name, domain, operator, inputs, outputs, attributes, unknown.bytes());
    }

    @Override
    public void writeTo(ProtoWriter writer) {
        inputs.forEach(input -> writer.string(1, input));
        outputs.forEach(output -> writer.string(2, output));
        writer.optionalString(3, name);
        writer.string(4, operator);
        writer.messages(5, attributes);
        writer.optionalString(7, domain);
        writer.raw(unknown);
    }
}
