package org.palimpsest.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.TensorInfo;

/// The header of a `.npy` array, versions 1 to 3
/// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
record NpyHeader(TensorInfo info, boolean fortranOrder) {
    static final Map<String, ElementType> TYPES =
            Map.of(
                    "<f4", ElementType.FLOAT32,
                    "<f8", ElementType.FLOAT64,
                    "<f2", ElementType.FLOAT16,
                    "<i8", ElementType.INT64,
                    "<i4", ElementType.INT32,
                    "|i1", ElementType.INT8,
                    "|u1", ElementType.UINT8,
                    "|b1", ElementType.BOOL);

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final int MAX_RANK = 16;
    private static final int ALIGNMENT = 64;
    private static final int GROWTH_DIGITS = 21;
    private static final Pattern TYPE = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)");
    private static final Pattern ORDER =
            Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^()]*)\\)");

    /// Reads up to the first value.
    ///
    /// @param place file and array, for messages
    static NpyHeader read(InputStream in, String name, String place)
            throws IOException, ProblemException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2
                || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw damaged(place, "it does not start as a NumPy array does");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw damaged(place, "format version 1, 2 or 3 expected, found " + version);
        }
        int lengthBytes = version == 1 ? 2 : 4;
        byte[] lengthField = Arrays.copyOf(in.readNBytes(lengthBytes), 4);
        long length =
                Integer.toUnsignedLong(
                        ByteBuffer.wrap(lengthField).order(ByteOrder.LITTLE_ENDIAN).getInt());
        if (length > MAX_HEADER_BYTES) {
            throw damaged(place, "its header should have " + length + " bytes");
        }
        byte[] text = in.readNBytes((int) length);
        if (text.length < length) {
            throw damaged(place, "it ends inside its header");
        }
        return parse(new String(text, StandardCharsets.UTF_8), name, place);
    }

    private static NpyHeader parse(String text, String name, String place) throws ProblemException {
        var type = TYPE.matcher(text);
        var order = ORDER.matcher(text);
        var shape = SHAPE.matcher(text);
        if (!type.find() || !order.find() || !shape.find()) {
            throw damaged(place, "descr, fortran_order or shape is missing in its header");
        }
        var elementType = TYPES.get(type.group(1));
        if (elementType == null) {
            throw damaged(
                    place,
                    "element type " + type.group(1) + " is not supported, only " + TYPES.keySet());
        }
        var info = new TensorInfo(name, elementType, shape(shape.group(1), place));
        try {
            long bytes = info.byteSize();
            if (bytes < 0) {
                throw damaged(place, "its shape " + info.shape() + " is impossible");
            }
        } catch (ArithmeticException e) {
            throw damaged(place, "its shape " + info.shape() + " is impossible");
        }
        return new NpyHeader(info, order.group(1).equals("True"));
    }

    private static Shape shape(String text, String place) throws ProblemException {
        String[] parts = text.isBlank() ? new String[0] : text.split(",", MAX_RANK + 2);
        int count = parts.length;
        if (count > 0 && parts[count - 1].isBlank()) {
            count--;
        }
        if (count > MAX_RANK) {
            throw damaged(place, "it has more than " + MAX_RANK + " axes");
        }
        var sizes = new long[count];
        try {
            for (int i = 0; i < count; i++) {
                sizes[i] = Long.parseLong(parts[i].strip());
            }
            return Shape.of(sizes);
        } catch (IllegalArgumentException e) {
            throw damaged(place, "its shape (" + text + ") is impossible");
        }
    }

    /// The header as NumPy writes it: version 1, room for the first axis to grow, padded to 64 bytes.
    static byte[] bytes(ElementType elementType, Shape shape) {
        var header = new StringBuilder("{'descr': '").append(typeName(elementType));
        header.append("', 'fortran_order': False, 'shape': (");
        for (int axis = 0; axis < shape.rank(); axis++) {
            header.append(axis == 0 ? "" : ", ").append(shape.size(axis));
        }
        header.append(shape.rank() == 1 ? ",), }" : "), }");
        if (shape.rank() > 0) {
            header.repeat(' ', GROWTH_DIGITS - Long.toString(shape.size(0)).length());
        }
        int start = MAGIC.length + 4;
        int padding = ALIGNMENT - (start + header.length() + 1) % ALIGNMENT;
        header.repeat(' ', padding).append('\n');
        return ByteBuffer.allocate(start + header.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) header.length())
                .put(header.toString().getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static String typeName(ElementType elementType) {
        for (var entry : TYPES.entrySet()) {
            if (entry.getValue() == elementType) {
                return entry.getKey();
            }
        }
        throw new IllegalArgumentException("NumPy has no " + elementType);
    }

    static ProblemException damaged(String place, String detail) {
        return new ProblemException(
                "This NumPy array cannot be read",
                place + ": " + detail,
                "Download or write the file again");
    }
}
