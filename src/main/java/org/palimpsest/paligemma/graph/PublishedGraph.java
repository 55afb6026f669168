package org.palimpsest.paligemma.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.ExternalData;
import org.palimpsest.onnx.GraphEditor;
import org.palimpsest.onnx.OnnxModel;
import org.palimpsest.onnx.StoredWeight;
import org.palimpsest.onnx.proto.Bytes;
import org.palimpsest.onnx.proto.StringEntry;
import org.palimpsest.onnx.proto.TensorProto;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.ModelSource;

/// A graph of a published ONNX folder without its weights, which stay in their files: small enough to be rewritten in memory.
///
/// Weights inside the `.onnx` file are referred to where they lie in it. Links are followed, because ONNX Runtime refuses
/// external data that a link leads out of the model's folder, and download caches are made of links.
public final class PublishedGraph {
    /// Smaller weights stay in the graph, where constant folding sees them.
    private static final int INLINE_BYTES = 1 << 12;

    private final String name;
    private final OnnxModel model;
    private final Path root;

    private PublishedGraph(String name, OnnxModel model, Path root) {
        this.name = name;
        this.model = model;
        this.root = root;
    }

    /// @throws ProblemException if it is no ONNX file, or its external data is missing or too short
    public static PublishedGraph read(Path file) throws ProblemException {
        OnnxModel model = OnnxModel.read(file);
        Path real = real(file, file);
        Map<StoredWeight, Place> places = new LinkedHashMap<>();
        var folders = new ArrayList<Path>();
        folders.add(parent(real));
        for (StoredWeight weight : model.weights()) {
            Optional<Place> place = place(weight, file, real);
            if (place.isPresent()) {
                places.put(weight, place.get());
                folders.add(parent(place.get().file()));
            }
        }
        Path root = folders.getFirst();
        for (Path folder : folders) {
            while (!folder.startsWith(root)) {
                root = parent(root);
            }
        }
        GraphEditor editor = model.edit();
        for (Map.Entry<StoredWeight, Place> entry : places.entrySet()) {
            editor.putWeight(at(entry.getKey().proto(), entry.getValue(), root));
        }
        return new PublishedGraph(String.valueOf(file.getFileName()), editor.toModel(), root);
    }

    private record Place(Path file, long offset, long length) {}

    private static Optional<Place> place(StoredWeight weight, Path file, Path real)
            throws ProblemException {
        Optional<ExternalData> external = weight.externalData();
        if (external.isPresent()) {
            var data = external.get();
            Path target = real(resolve(file, data.location()), file);
            requireInside(target, data, weight.name());
            return Optional.of(new Place(target, data.offset(), data.length()));
        }
        Bytes raw = weight.proto().rawData();
        if (raw == null || raw.length() < INLINE_BYTES) {
            return Optional.empty();
        }
        return Optional.of(new Place(real, raw.start(), raw.length()));
    }

    /// A location may only name files in the model's own folder.
    private static Path resolve(Path file, String location) throws ProblemException {
        try {
            Path relative = Path.of(location).normalize();
            if (!relative.isAbsolute() && !relative.startsWith("..")) {
                return file.resolveSibling(relative);
            }
        } catch (InvalidPathException e) {
            throw outside(file, location, e);
        }
        throw outside(file, location, null);
    }

    private static ProblemException outside(Path file, String location, @Nullable Exception cause) {
        return new ProblemException(
                new Problem(
                        "This ONNX model names a file outside its folder",
                        file + ": '" + location + "'",
                        "Download the folder again from a source you trust"),
                cause);
    }

    private static void requireInside(Path file, ExternalData data, String weight)
            throws ProblemException {
        try {
            long size = Files.size(file);
            if (data.offset() + data.length() > size) {
                throw new ProblemException(
                        "The weights of this ONNX model are cut short",
                        file
                                + ", weight "
                                + weight
                                + ": expected "
                                + data.length()
                                + " bytes from "
                                + data.offset()
                                + ", found "
                                + size
                                + " in all",
                        "Download the file again");
            }
        } catch (IOException e) {
            throw missing(file, e);
        }
    }

    private static Path real(Path path, Path model) throws ProblemException {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw missing(path.equals(model) ? model : path, e);
        }
    }

    private static ProblemException missing(Path file, IOException cause) {
        return new ProblemException(
                new Problem(
                        "A file of this ONNX model is missing",
                        file.toString(),
                        "Download it into the same folder"),
                cause);
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("No folder above " + path);
        }
        return parent;
    }

    private static TensorProto at(TensorProto tensor, Place place, Path root) {
        String location = root.relativize(place.file()).toString().replace('\\', '/');
        var entries =
                List.of(
                        new StringEntry("location", location),
                        new StringEntry("offset", Long.toString(place.offset())),
                        new StringEntry("length", Long.toString(place.length())));
        return new TensorProto(
                tensor.name(), tensor.dataType(), tensor.dims(), null, entries, tensor.unknown());
    }

    public OnnxModel model() {
        return model;
    }

    /// The same weights under an edited graph.
    public PublishedGraph with(OnnxModel edited) {
        return new PublishedGraph(name, edited, root);
    }

    /// Whether activations are quantised with one scale for a whole batch, so that prompts in it influence each other.
    public boolean quantisesBatchesTogether() {
        return model.operatorCounts().containsKey("DynamicQuantizeLinear");
    }

    public ModelSource toSource() {
        return new ModelSource.InMemory(name, model.toBytes(), Optional.of(root));
    }
}
