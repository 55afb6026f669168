package org.palimpsest.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.palimpsest.onnx.proto.Attribute;
import org.palimpsest.onnx.proto.Attribute.FloatAttribute;
import org.palimpsest.onnx.proto.Attribute.IntAttribute;
import org.palimpsest.onnx.proto.Attribute.IntsAttribute;
import org.palimpsest.onnx.proto.Attribute.StringAttribute;
import org.palimpsest.onnx.proto.Attribute.TensorAttribute;
import org.palimpsest.onnx.proto.AttributeProto;
import org.palimpsest.onnx.proto.Bytes;
import org.palimpsest.onnx.proto.TensorProto;
import org.palimpsest.tensor.ElementType;

/// The attributes of a node by name, sorted; each `with` gives a new set.
public final class Attributes {
    public static final Attributes NONE = new Attributes(new TreeMap<>());

    private final Map<String, Attribute> byName;

    private Attributes(TreeMap<String, Attribute> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    public Attributes with(String name, Attribute value) {
        var more = new TreeMap<>(byName);
        more.put(name, value);
        return new Attributes(more);
    }

    public Attributes with(String name, long value) {
        return with(name, new IntAttribute(value));
    }

    public Attributes with(String name, int value) {
        return with(name, new IntAttribute(value));
    }

    public Attributes with(String name, boolean value) {
        return with(name, new IntAttribute(value ? 1 : 0));
    }

    public Attributes with(String name, double value) {
        return with(name, new FloatAttribute((float) value));
    }

    public Attributes with(String name, String value) {
        return with(name, new StringAttribute(value));
    }

    public Attributes with(String name, long[] values) {
        return with(name, new IntsAttribute(Arrays.stream(values).boxed().toList()));
    }

    public Attributes with(String name, ElementType value) {
        return with(name, new IntAttribute(value.onnxNumber()));
    }

    /// A tensor of one element, as `ConstantOfShape` takes it.
    public Attributes withElement(String name, ElementType type, double value) {
        return with(name, new TensorAttribute(element(type, value)));
    }

    private static TensorProto element(ElementType type, double value) {
        return new TensorProto(
                "", type.onnxNumber(), List.of(1L), encode(type, value), List.of(), Bytes.EMPTY);
    }

    /// One number as the little-endian bytes of its type.
    static Bytes encode(ElementType type, double value) {
        var buffer = ByteBuffer.allocate(type.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case FLOAT32 -> buffer.putFloat((float) value);
            case FLOAT64 -> buffer.putDouble(value);
            case FLOAT16 -> buffer.putShort(Float.floatToFloat16((float) value));
            case BFLOAT16 -> buffer.putShort(toBfloat16((float) value));
            case INT64 -> buffer.putLong((long) value);
            case INT32 -> buffer.putInt((int) value);
            case INT8, UINT8 -> buffer.put((byte) (int) value);
            case BOOL -> buffer.put((byte) (value == 0 ? 0 : 1));
        }
        return Bytes.copyOf(buffer.array());
    }

    /// Rounds to the nearest, ties to even, as the conversion in hardware does.
    private static short toBfloat16(float value) {
        int bits = Float.floatToIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }

    public Map<String, Attribute> asMap() {
        return byName;
    }

    List<AttributeProto> toProtos() {
        return byName.entrySet().stream()
                .map(entry -> new AttributeProto(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes attributes && byName.equals(attributes.byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return byName.toString();
    }
}
