package org.palimpsest.onnx.proto;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.proto.Attribute.FloatAttribute;
import org.palimpsest.onnx.proto.Attribute.FloatsAttribute;
import org.palimpsest.onnx.proto.Attribute.GraphAttribute;
import org.palimpsest.onnx.proto.Attribute.IntAttribute;
import org.palimpsest.onnx.proto.Attribute.IntsAttribute;
import org.palimpsest.onnx.proto.Attribute.OtherAttribute;
import org.palimpsest.onnx.proto.Attribute.StringAttribute;
import org.palimpsest.onnx.proto.Attribute.StringsAttribute;
import org.palimpsest.onnx.proto.Attribute.TensorAttribute;

/// A named attribute of a node (onnx.proto, `AttributeProto`).
///
/// @param unknown the fields that we do not model, as they were read
public record AttributeProto(String name, Attribute value, Bytes unknown) implements ProtoMessage {

    public AttributeProto(String name, Attribute value) {
        this(name, value, Bytes.EMPTY);
    }

    static AttributeProto read(ProtoReader reader) throws ProtoFormatException {
        String name = "";
        int type = 0;
        Attribute single = null;
        var floats = new ArrayList<Float>();
        var ints = new ArrayList<Long>();
        var strings = new ArrayList<Bytes>();
        var unknown = new ProtoReader.Unknown();
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> name = reader.string();
                case 2 -> single = new FloatAttribute(reader.fixed32());
                case 3 -> single = new IntAttribute(reader.varint());
                case 4 -> single = new StringAttribute(reader.bytes());
                case 5 -> single = new TensorAttribute(TensorProto.read(reader.message()));
                case 6 -> single = new GraphAttribute(GraphProto.read(reader.message()));
                case 7 -> reader.fixed32sTo(floats);
                case 8 -> reader.varintsTo(ints);
                case 9 -> strings.add(reader.bytes());
                case 20 -> type = reader.smallNumber();
                default -> reader.keepTo(unknown);
            }
        }
        Attribute list =
                switch (type) {
                    case 6 -> new FloatsAttribute(floats);
                    case 7 -> new IntsAttribute(ints);
                    case 8 -> new StringsAttribute(strings);
                    default -> null;
                };
        return new AttributeProto(
                name, decide(name, type, single == null ? list : single), unknown.bytes());
    }

    /// The type field rules; files of before it existed (IR version 1) leave it 0, and the zero of a number may be
    /// left out by writers of protobuf 3.
    private static Attribute decide(String name, int type, @Nullable Attribute found)
            throws ProtoFormatException {
        if (found != null && (type == 0 || found.type() == type)) {
            return found;
        }
        return switch (type) {
            case 1 -> new FloatAttribute(0);
            case 2 -> new IntAttribute(0);
            case 3 -> new StringAttribute(Bytes.EMPTY);
            case 4, 5, 6, 7, 8 ->
                    throw new ProtoFormatException(
                            "attribute " + name + " has no value of its type " + type);
            default -> new OtherAttribute(type);
        };
    }

    @Override
    public void writeTo(ProtoWriter writer) {
        writer.optionalString(1, name);
        switch (value) {
            case FloatAttribute(float number) -> writer.fixed32(2, number);
            case IntAttribute(long number) -> writer.varint(3, number);
            case StringAttribute(Bytes text) -> writer.bytes(4, text);
            case TensorAttribute(TensorProto tensor) -> writer.message(5, tensor);
            case GraphAttribute(GraphProto graph) -> writer.message(6, graph);
            case FloatsAttribute(var numbers) ->
                    numbers.forEach(number -> writer.fixed32(7, number));
            case IntsAttribute(var numbers) -> numbers.forEach(number -> writer.varint(8, number));
            case StringsAttribute(var texts) -> texts.forEach(text -> writer.bytes(9, text));
            case OtherAttribute _ -> {}
        }
        if (value.type() != 0) {
            writer.varint(20, value.type());
        }
        writer.raw(unknown);
    }
}
