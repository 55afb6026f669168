package org.palimpsest.onnx;

import java.util.Arrays;
import java.util.Optional;
import org.palimpsest.onnx.proto.Bytes;
import org.palimpsest.onnx.proto.TensorProto;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// An initializer of a model: its values, or where they lie.
public record StoredWeight(TensorProto proto) {

    public String name() {
        return proto.name();
    }

    /// Empty for a type that we have no name for, such as four-bit integers.
    public Optional<ElementType> type() {
        return elementType(proto.dataType());
    }

    static Optional<ElementType> elementType(int onnxNumber) {
        return Arrays.stream(ElementType.values())
                .filter(type -> type.onnxNumber() == onnxNumber)
                .findFirst();
    }

    /// @throws ProblemException if a size is negative or the count overflows
    public Shape shape() throws ProblemException {
        try {
            return Shape.of(proto.dims().stream().mapToLong(Long::longValue).toArray());
        } catch (IllegalArgumentException e) {
            throw damaged("impossible shape " + proto.dims());
        }
    }

    /// The bytes inside the model: of one type's size, in order, little endian; empty for external data and for
    /// tensors that use the typed fields of old exporters.
    ///
    /// @throws ProblemException if there are more or fewer than type and shape ask for
    public Optional<Bytes> inlineBytes() throws ProblemException {
        var raw = proto.rawData();
        if (raw == null || proto.isExternal()) {
            return Optional.empty();
        }
        var type = type();
        if (type.isPresent() && raw.length() != byteSize(type.get())) {
            throw damaged(raw.length() + " bytes for " + type.get() + " " + proto.dims());
        }
        return Optional.of(raw);
    }

    /// Where the values lie outside the model; an export may leave the offset (0) and the length out.
    ///
    /// @throws ProblemException if the entries are no numbers, or the length is not that of type and shape
    public Optional<ExternalData> externalData() throws ProblemException {
        if (!proto.isExternal()) {
            return Optional.empty();
        }
        try {
            var location = proto.externalEntry("location").orElse("");
            long offset = Long.parseLong(proto.externalEntry("offset").orElse("0"));
            var type = type();
            var stated = proto.externalEntry("length");
            if (stated.isEmpty() && type.isEmpty()) {
                throw damaged("external data without a length");
            }
            long length =
                    stated.isPresent()
                            ? Long.parseLong(stated.get())
                            : byteSize(type.orElseThrow());
            if (type.isPresent() && length != byteSize(type.get())) {
                throw damaged(length + " bytes for " + type.get() + " " + proto.dims());
            }
            return Optional.of(new ExternalData(location, offset, length));
        } catch (IllegalArgumentException e) {
            throw damaged("external data " + proto.externalData());
        }
    }

    private long byteSize(ElementType type) throws ProblemException {
        try {
            return Math.multiplyExact(shape().elementCount(), (long) type.byteSize());
        } catch (ArithmeticException e) {
            throw damaged("impossible shape " + proto.dims());
        }
    }

    private ProblemException damaged(String what) {
        return new ProblemException(
                "A weight of the ONNX model is damaged",
                name() + ": " + what,
                "Download or export the model again");
    }
}
