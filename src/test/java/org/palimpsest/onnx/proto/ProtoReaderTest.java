package org.palimpsest.onnx.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtoReaderTest {
    @Test
    void numbersAndTextsComeBack() throws Exception {
        var writer = new ProtoWriter();
        for (long value : new long[] {0, 1, 127, 128, 300, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            writer.varint(1, value);
        }
        writer.fixed32(2, -1.5f);
        writer.string(536_870_911, "Größe");
        writer.message(3, nested -> nested.varint(1, 5));
        var reader = ProtoReader.of(writer.toBytes());
        var values = new ArrayList<Long>();
        for (int i = 0; i < 8; i++) {
            assertThat(reader.next()).isTrue();
            reader.varintsTo(values);
        }
        assertThat(values)
                .containsExactly(0L, 1L, 127L, 128L, 300L, -1L, Long.MIN_VALUE, Long.MAX_VALUE);
        reader.next();
        assertThat(reader.fixed32()).isEqualTo(-1.5f);
        reader.next();
        assertThat(reader.field()).isEqualTo(536_870_911);
        assertThat(reader.string()).isEqualTo("Größe");
        reader.next();
        var nested = reader.message();
        nested.next();
        assertThat(nested.varint()).isEqualTo(5);
        assertThat(nested.next()).isFalse();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void packedNumbersAreReadToo() throws Exception {
        var longs = new ArrayList<Long>();
        var packed = ProtoReader.of(new byte[] {0x0a, 3, 5, (byte) 0x80, 1});
        packed.next();
        packed.varintsTo(longs);
        assertThat(longs).containsExactly(5L, 128L);
        var floats = new ArrayList<Float>();
        var packedFloats = ProtoReader.of(new byte[] {0x0a, 4, 0, 0, (byte) 0x80, 0x3f});
        packedFloats.next();
        packedFloats.fixed32sTo(floats);
        assertThat(floats).containsExactly(1f);
    }

    @Test
    void longTextsStayInOrderHoweverDeepTheyAre() throws Exception {
        var big = Bytes.copyOf(new byte[10_000]);
        var writer = new ProtoWriter();
        writer.varint(1, 1);
        writer.message(2, nested -> nested.message(3, deeper -> deeper.bytes(4, big)));
        writer.varint(5, 7);
        var reader = ProtoReader.of(writer.toBytes());
        reader.next();
        assertThat(reader.varint()).isEqualTo(1);
        reader.next();
        var nested = reader.message();
        nested.next();
        var deeper = nested.message();
        deeper.next();
        assertThat(deeper.bytes()).isEqualTo(big);
        reader.next();
        assertThat(reader.varint()).isEqualTo(7);
    }

    @Test
    void lengthsBeyondTheMessageAreRefused() {
        refused("a length of 5 with 1 bytes left", 0x0a, 5, 1);
        refused("a length of -1", 0x0a, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1);
        refused("cut off", 0x0a, 0x80);
        refused("more than ten bytes", 0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1);
        refused("field number 0", 0x00, 1);
        refused("wire type 3", 0x0b);
        refused("cut off", 0x0d, 1, 2);
    }

    private static void refused(String why, int... bytes) {
        var array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        assertThatThrownBy(
                        () -> {
                            var reader = ProtoReader.of(array);
                            var unknown = new ProtoReader.Unknown();
                            while (reader.next()) {
                                reader.keepTo(unknown);
                            }
                        })
                .isInstanceOf(ProtoFormatException.class)
                .hasMessageContaining(why);
    }

    @Test
    void graphsNestedWithoutEndAreRefused() {
        var graph =
                new GraphProto(
                        "", List.of(), List.of(), List.of(), List.of(), List.of(), Bytes.EMPTY);
        for (int i = 0; i < 200; i++) {
            var node =
                    new NodeProto(
                            "n",
                            "",
                            "If",
                            List.of(),
                            List.of(),
                            List.of(
                                    new AttributeProto(
                                            "then", new Attribute.GraphAttribute(graph))),
                            Bytes.EMPTY);
            graph =
                    new GraphProto(
                            "",
                            List.of(node),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            Bytes.EMPTY);
        }
        var writer = new ProtoWriter();
        new ModelProto(10, "", graph, List.of(), List.of(), Bytes.EMPTY).writeTo(writer);
        assertThatThrownBy(() -> ModelProto.read(writer.toBytes()))
                .isInstanceOf(ProtoFormatException.class)
                .hasMessageContaining("nested deeper");
    }

    @Test
    void aFileOfEmptyMessagesIsRefusedBeforeItFillsTheMemory() {
        var many = new byte[2 * (ProtoReader.MAX_ITEMS + 10)];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = 0x42; // field 8, an operator set of no bytes
        }
        assertThatThrownBy(() -> ModelProto.read(many))
                .isInstanceOf(ProtoFormatException.class)
                .hasMessageContaining("items");
    }

    @Test
    void attributesOfEveryKindComeBack() throws Exception {
        var attributes =
                List.of(
                        new AttributeProto("f", new Attribute.FloatAttribute(0)),
                        new AttributeProto("i", new Attribute.IntAttribute(0)),
                        new AttributeProto("s", new Attribute.StringAttribute("")),
                        new AttributeProto("fs", new Attribute.FloatsAttribute(List.of(1f, 2f))),
                        new AttributeProto("is", new Attribute.IntsAttribute(List.of())),
                        new AttributeProto(
                                "ss", new Attribute.StringsAttribute(List.of(Bytes.ofUtf8("a")))));
        var node =
                new NodeProto(
                        "n", "d", "O", List.of("", "x"), List.of("y"), attributes, Bytes.EMPTY);
        var writer = new ProtoWriter();
        node.writeTo(writer);
        assertThat(NodeProto.read(ProtoReader.of(writer.toBytes()))).isEqualTo(node);
    }
}
