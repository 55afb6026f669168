package org.palimpsest.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.checkpoint.Hdf5File.Hdf5FormatException;
import org.palimpsest.checkpoint.Hdf5File.Message;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.TensorInfo;

/// The datasets of one HDF5 file with the places of their values, each checked against the file.
final class Hdf5Datasets {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_RANK = 16;
    private static final int CONTIGUOUS = 1;
    private static final int FLOAT_CLASS = 1;
    private static final int OPAQUE_CLASS = 5;
    private static final long UNDEFINED_ADDRESS = -1;
    private static final String REMEDY = "Download or copy the file again";

    private final Path file;
    private final long fileSize;
    private final Hdf5File hdf5;
    private final List<StoredTensor> tensors = new ArrayList<>();
    private final Map<String, String> unreadable = new HashMap<>();
    private final Set<Long> visited = new HashSet<>();

    private Hdf5Datasets(Path file, MemorySegment contents) throws Hdf5FormatException {
        this.file = file;
        this.fileSize = contents.byteSize();
        this.hdf5 = new Hdf5File(contents);
    }

    /// @param file a real path
    static Hdf5Datasets read(Path file) throws ProblemException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ);
                var arena = Arena.ofConfined()) {
            var contents = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            var datasets = new Hdf5Datasets(file, contents);
            datasets.walk(datasets.hdf5.rootHeader(), "", 0);
            datasets.checkOverlaps();
            return datasets;
        } catch (Hdf5FormatException e) {
            throw damaged(file, String.valueOf(e.getMessage()), e);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw damaged(file, "it points outside itself; the download may have stopped early", e);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The file cannot be read",
                            file + ": " + e.getMessage(),
                            "Check that the file is there and readable"),
                    e);
        }
    }

    List<StoredTensor> tensors() {
        return tensors;
    }

    /// Names of datasets that cannot be used in place, with what they are.
    Map<String, String> unreadable() {
        return unreadable;
    }

    private void walk(long header, String name, int depth) throws Hdf5FormatException {
        if (depth > MAX_DEPTH || !visited.add(header)) {
            throw new Hdf5FormatException(name + " contains itself or is there twice");
        }
        var messages = hdf5.messages(header);
        if (Hdf5File.isGroup(messages)) {
            String path = name.isEmpty() ? "" : name + "/";
            for (var member : hdf5.members(messages).entrySet()) {
                walk(member.getValue(), path + member.getKey(), depth + 1);
            }
        } else {
            addDataset(name, messages);
        }
    }

    private void addDataset(String name, List<Message> messages) throws Hdf5FormatException {
        var layout = body(messages, Hdf5File.LAYOUT);
        var dataspace = body(messages, Hdf5File.DATASPACE);
        var type = body(messages, Hdf5File.DATATYPE);
        if (layout.isEmpty() || dataspace.isEmpty() || type.isEmpty()) {
            unreadable.put(name, "an object without values of its own");
            return;
        }
        if (!isContiguous(layout.get()) || body(messages, Hdf5File.FILTERS).isPresent()) {
            unreadable.put(name, "chunked, compact or compressed storage");
            return;
        }
        var elementType = elementType(type.get(), messages);
        if (elementType.isEmpty()) {
            unreadable.put(name, describe(type.get()));
            return;
        }
        add(name, elementType.get(), dataspace.get(), layout.get());
    }

    private static Optional<MemorySegment> body(List<Message> messages, int type) {
        return messages.stream()
                .filter(message -> message.type() == type && !message.shared())
                .map(Message::body)
                .findFirst();
    }

    private void add(String name, ElementType type, MemorySegment dataspace, MemorySegment layout)
            throws Hdf5FormatException {
        TensorInfo info;
        try {
            info = new TensorInfo(name, type, shape(dataspace));
            long offset = Hdf5File.signedLong(layout, 2);
            long length = Hdf5File.signedLong(layout, 10);
            if (length != info.byteSize()) {
                throw new Hdf5FormatException(
                        "dataset "
                                + name
                                + " of type "
                                + type
                                + " and shape "
                                + info.shape()
                                + " needs "
                                + info.byteSize()
                                + " bytes, but has "
                                + Long.toUnsignedString(length));
            }
            if (offset == UNDEFINED_ADDRESS) {
                unreadable.put(name, "a dataset without values");
                return;
            }
            if (offset < 0 || length > fileSize || offset > fileSize - length) {
                throw new Hdf5FormatException(
                        "dataset "
                                + name
                                + " should lie at byte "
                                + Long.toUnsignedString(offset)
                                + " with "
                                + length
                                + " bytes, but the file has only "
                                + fileSize
                                + "; the download may have stopped early");
            }
            tensors.add(new StoredTensor(info, file, offset, length));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Hdf5FormatException("dataset " + name + " has an impossible shape");
        }
    }

    /// Layout message version 3 or 4: the class, then address and size (HDF5 File Format Specification 3.0, IV.A.2.i).
    private static boolean isContiguous(MemorySegment layout) {
        int version = Hdf5File.unsignedByte(layout, 0);
        return version >= 3 && version <= 4 && Hdf5File.unsignedByte(layout, 1) == CONTIGUOUS;
    }

    /// Dataspace message version 1 or 2 (IV.A.2.b).
    private static Shape shape(MemorySegment dataspace) throws Hdf5FormatException {
        int version = Hdf5File.unsignedByte(dataspace, 0);
        int rank = Hdf5File.unsignedByte(dataspace, 1);
        if (version < 1 || version > 2 || rank > MAX_RANK) {
            throw new Hdf5FormatException(
                    "dataspace version " + version + " with " + rank + " axes");
        }
        var sizes = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            sizes[axis] = Hdf5File.signedLong(dataspace, (version == 1 ? 8 : 4) + 8L * axis);
        }
        return Shape.of(sizes);
    }

    private Optional<ElementType> elementType(MemorySegment type, List<Message> messages)
            throws Hdf5FormatException {
        int typeClass = Hdf5File.unsignedByte(type, 0) & 0xF;
        long size = Hdf5File.unsignedInt(type, 4);
        if (typeClass == FLOAT_CLASS) {
            return floatType(type, size);
        }
        // h5py has no bfloat16: Keras writes two opaque bytes and says so in an attribute
        // (keras/src/saving/saving_lib.py, H5Entry).
        boolean bfloat16 =
                typeClass == OPAQUE_CLASS
                        && size == 2
                        && hdf5.stringAttribute(messages, "dtype").equals("bfloat16");
        return bfloat16 ? Optional.of(ElementType.BFLOAT16) : Optional.empty();
    }

    /// Little-endian IEEE formats and bfloat16, told apart by the width of their exponent (IV.A.2.d).
    private static Optional<ElementType> floatType(MemorySegment type, long size) {
        boolean bigEndian = (Hdf5File.unsignedByte(type, 1) & 0x41) != 0;
        int exponentBits = Hdf5File.unsignedByte(type, 13);
        if (bigEndian) {
            return Optional.empty();
        }
        if (size == 2) {
            return switch (exponentBits) {
                case 5 -> Optional.of(ElementType.FLOAT16);
                case 8 -> Optional.of(ElementType.BFLOAT16);
                default -> Optional.empty();
            };
        }
        if (size == 4 && exponentBits == 8) {
            return Optional.of(ElementType.FLOAT32);
        }
        return size == 8 && exponentBits == 11
                ? Optional.of(ElementType.FLOAT64)
                : Optional.empty();
    }

    private static String describe(MemorySegment type) {
        return "HDF5 type class "
                + (Hdf5File.unsignedByte(type, 0) & 0xF)
                + " of "
                + Hdf5File.unsignedInt(type, 4)
                + " bytes";
    }

    private void checkOverlaps() throws Hdf5FormatException {
        var sorted = new ArrayList<>(tensors);
        sorted.sort(Comparator.comparingLong(StoredTensor::offset));
        for (int i = 1; i < sorted.size(); i++) {
            var before = sorted.get(i - 1);
            if (before.offset() + before.length() > sorted.get(i).offset()) {
                throw new Hdf5FormatException(
                        "the datasets "
                                + before.name()
                                + " and "
                                + sorted.get(i).name()
                                + " overlap");
            }
        }
    }

    private static ProblemException damaged(Path file, String detail, Exception cause) {
        return new ProblemException(
                new Problem(
                        "This HDF5 file is damaged or is something else",
                        file + ": " + detail,
                        REMEDY),
                cause);
    }
}
