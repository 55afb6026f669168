package org.palimpsest.onnx.proto;

import java.util.List;
import org.palimpsest.onnx.proto.Attribute.FloatAttribute;
import org.palimpsest.onnx.proto.Attribute.FloatsAttribute;
import org.palimpsest.onnx.proto.Attribute.GraphAttribute;
import org.palimpsest.onnx.proto.Attribute.IntAttribute;
import org.palimpsest.onnx.proto.Attribute.IntsAttribute;
import org.palimpsest.onnx.proto.Attribute.OtherAttribute;
import org.palimpsest.onnx.proto.Attribute.StringAttribute;
import org.palimpsest.onnx.proto.Attribute.StringsAttribute;
import org.palimpsest.onnx.proto.Attribute.TensorAttribute;

/// The value of a node's attribute.
public sealed interface Attribute
        permits FloatAttribute,
                IntAttribute,
                StringAttribute,
                TensorAttribute,
                GraphAttribute,
                FloatsAttribute,
                IntsAttribute,
                StringsAttribute,
                OtherAttribute {

    record FloatAttribute(float value) implements Attribute {}

    record IntAttribute(long value) implements Attribute {}

    record StringAttribute(Bytes value) implements Attribute {
        public StringAttribute(String text) {
            this(Bytes.ofUtf8(text));
        }

        public String text() {
            return value.toUtf8();
        }
    }

    record TensorAttribute(TensorProto value) implements Attribute {}

    record GraphAttribute(GraphProto value) implements Attribute {}

    record FloatsAttribute(List<Float> values) implements Attribute {
        public FloatsAttribute {
            values = List.copyOf(values);
        }
    }

    record IntsAttribute(List<Long> values) implements Attribute {
        public IntsAttribute {
            values = List.copyOf(values);
        }
    }

    record StringsAttribute(List<Bytes> values) implements Attribute {
        public StringsAttribute {
            values = List.copyOf(values);
        }
    }

    /// A kind that we carry along without looking inside: sparse tensors, types, lists of graphs.
    record OtherAttribute(int type) implements Attribute {}

    /// The number of the kind (onnx.proto, `AttributeProto.AttributeType`).
    default int type() {
        return switch (this) {
            case FloatAttribute _ -> 1;
            case IntAttribute _ -> 2;
            case StringAttribute _ -> 3;
            case TensorAttribute _ -> 4;
            case GraphAttribute _ -> 5;
            case FloatsAttribute _ -> 6;
            case IntsAttribute _ -> 7;
            case StringsAttribute _ -> 8;
            case OtherAttribute(int type) -> type;
        };
    }
}
