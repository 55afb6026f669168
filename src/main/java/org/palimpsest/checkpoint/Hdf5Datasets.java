package org.palimpsest.checkpoint;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OpaqueDataType;
import io.jhdf.object.datatype.StringData;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
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
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.TensorInfo;

/// The datasets of one HDF5 file with the places of their values, each checked against the file.
///
/// Links are not followed, so a file cannot lead to another one.
final class Hdf5Datasets {
    private static final int MAX_NODES = 200_000;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_RANK = 16;
    private static final String REMEDY = "Download or copy the file again";

    private final Path file;
    private final long fileSize;
    private final List<StoredTensor> tensors = new ArrayList<>();
    private final Map<String, String> unreadable = new HashMap<>();
    private final Set<Long> visited = new HashSet<>();
    private long userBlock;
    private int nodes;

    private Hdf5Datasets(Path file, long fileSize) {
        this.file = file;
        this.fileSize = fileSize;
    }

    /// @param file a real path
    static Hdf5Datasets read(Path file) throws ProblemException {
        try {
            var datasets = new Hdf5Datasets(file, Files.size(file));
            datasets.walk();
            datasets.checkOverlaps();
            return datasets;
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

    // A damaged file makes jhdf throw whatever comes up where the damage is: every unchecked
    // exception, and a stack overflow
    // where structures point at each other, is the file's fault here.
    private void walk() throws IOException, ProblemException {
        try (var channel =
                new UntaggedOpaqueChannel(FileChannel.open(file, StandardOpenOption.READ))) {
            // Not closed itself: a file opened from a channel cannot be, and the channel is all it
            // holds.
            @SuppressWarnings("resource")
            var hdf = new HdfFile(channel);
            userBlock = hdf.getUserBlockSize();
            walk(hdf, "", 0);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new ProblemException(
                    new Problem(
                            "This HDF5 file is damaged or is something else",
                            file + ": " + (e.getMessage() == null ? e : e.getMessage()),
                            REMEDY),
                    e);
        }
    }

    private void walk(Group group, String path, int depth) throws ProblemException {
        if (depth > MAX_DEPTH || !visited.add(group.getAddress())) {
            throw damaged("the groups under " + path + " contain each other");
        }
        for (var node : group) {
            if (++nodes > MAX_NODES) {
                throw damaged("more than " + MAX_NODES + " groups and datasets");
            }
            if (node.isLink()) {
                continue;
            }
            String name = path + node.getName();
            if (node instanceof Group child) {
                walk(child, name + "/", depth + 1);
            } else if (node instanceof Dataset dataset) {
                add(name, dataset);
            }
        }
    }

    private void add(String name, Dataset dataset) throws ProblemException {
        if (!(dataset instanceof ContiguousDataset contiguous)) {
            unreadable.put(name, dataset.getDataLayout() + " storage");
            return;
        }
        var type = elementType(dataset);
        if (type.isEmpty()) {
            unreadable.put(name, describe(dataset.getDataType()));
            return;
        }
        if (dataset.isEmpty()) {
            unreadable.put(name, "an empty dataset");
            return;
        }
        int[] dimensions = dataset.getDimensions();
        if (dimensions.length > MAX_RANK) {
            throw damaged("dataset " + name + " has " + dimensions.length + " axes");
        }
        var sizes = new long[dimensions.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = dimensions[i];
        }
        try {
            var info = new TensorInfo(name, type.get(), Shape.of(sizes));
            long offset = contiguous.getDataAddress();
            if (offset < 0 || offset > fileSize - userBlock - info.byteSize()) {
                throw damaged(
                        "dataset "
                                + name
                                + " of type "
                                + type.get()
                                + " and shape "
                                + info.shape()
                                + " should lie at byte "
                                + Long.toUnsignedString(offset)
                                + ", but the file has only "
                                + fileSize
                                + " bytes; the download may have stopped early");
            }
            tensors.add(new StoredTensor(info, file, userBlock + offset, info.byteSize()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw damaged("dataset " + name + " has an impossible shape");
        }
    }

    private static Optional<ElementType> elementType(Dataset dataset) {
        return switch (dataset.getDataType()) {
            case FloatingPoint floating when floating.getByteOrder() == ByteOrder.LITTLE_ENDIAN ->
                    floatingType(floating);
            // h5py has no bfloat16: Keras writes two opaque bytes and says so in an attribute
            // (keras/src/saving/saving_lib.py, H5Entry). See UntaggedOpaqueChannel for the string.
            case OpaqueDataType opaque
                    when opaque.getSize() == 2 && "bfloat16".equals(dtype(dataset)) ->
                    Optional.of(ElementType.BFLOAT16);
            case StringData string
                    when string.getSize() == 2 && "bfloat16".equals(dtype(dataset)) ->
                    Optional.of(ElementType.BFLOAT16);
            default -> Optional.empty();
        };
    }

    /// IEEE formats and bfloat16, told apart by their exponent's width.
    private static Optional<ElementType> floatingType(FloatingPoint type) {
        return switch (type.getSize() * 100 + type.getExponentSize()) {
            case 205 -> Optional.of(ElementType.FLOAT16);
            case 208 -> Optional.of(ElementType.BFLOAT16);
            case 408 -> Optional.of(ElementType.FLOAT32);
            case 811 -> Optional.of(ElementType.FLOAT64);
            default -> Optional.empty();
        };
    }

    private static String dtype(Dataset dataset) {
        var attribute = dataset.getAttribute("dtype");
        return attribute == null ? "" : String.valueOf(attribute.getData());
    }

    private static String describe(DataType type) {
        return type.getClass().getSimpleName() + " of " + type.getSize() + " bytes";
    }

    private void checkOverlaps() throws ProblemException {
        var sorted = new ArrayList<>(tensors);
        sorted.sort(Comparator.comparingLong(StoredTensor::offset));
        for (int i = 1; i < sorted.size(); i++) {
            var before = sorted.get(i - 1);
            if (before.offset() + before.length() > sorted.get(i).offset()) {
                throw damaged(
                        "the datasets "
                                + before.name()
                                + " and "
                                + sorted.get(i).name()
                                + " overlap");
            }
        }
    }

    private ProblemException damaged(String detail) {
        return new ProblemException(
                "This HDF5 file is damaged or is something else", file + ": " + detail, REMEDY);
    }
}
