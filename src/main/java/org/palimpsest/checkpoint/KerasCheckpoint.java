package org.palimpsest.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Weights of a Keras preset: `model.weights.h5`, or the shards that `model.weights.json` names.
///
/// A tensor's name is its dataset's path without the leading slash. Nothing is held open: the datasets' addresses are read
/// once, then the files are mapped. Thread-safe.
public final class KerasCheckpoint implements Checkpoint {
    public static final String SINGLE_FILE = "model.weights.h5";
    public static final String INDEX_FILE = "model.weights.json";

    private static final long MAX_INDEX_BYTES = 16L << 20;
    private static final int MAX_SHARDS = 1_000;

    private final Path location;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();

    private KerasCheckpoint(Path location) {
        this.location = location;
    }

    /// @param path a preset's folder, its index, or one `.h5` file
    public static KerasCheckpoint open(Path path) throws ProblemException {
        var checkpoint = new KerasCheckpoint(path);
        if (Files.isDirectory(path)) {
            // Keras, too, takes the single file where both are there.
            if (Files.exists(path.resolve(SINGLE_FILE))) {
                checkpoint.addFile(path.resolve(SINGLE_FILE));
            } else if (Files.exists(path.resolve(INDEX_FILE))) {
                checkpoint.addShards(path.resolve(INDEX_FILE));
            } else {
                throw new ProblemException(
                        "There are no Keras weights in this folder",
                        path + ": neither " + SINGLE_FILE + " nor " + INDEX_FILE,
                        "Choose the folder of the download that holds " + SINGLE_FILE);
            }
        } else if (path.toString().endsWith(".json")) {
            checkpoint.addShards(path);
        } else {
            checkpoint.addFile(path);
        }
        return checkpoint;
    }

    @Override
    public List<StoredTensor> tensors() {
        return List.copyOf(tensors.values());
    }

    @Override
    public Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    @Override
    public Path location() {
        return location;
    }

    @Override
    public Optional<String> unreadableType(String name) {
        return Optional.ofNullable(unreadable.get(name));
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private void addFile(Path file) throws ProblemException {
        Path realFile;
        try {
            realFile = file.toRealPath();
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "A file of the checkpoint is missing",
                            file.toString(),
                            "Download " + file.getFileName() + " into the folder"),
                    e);
        }
        var datasets = Hdf5Datasets.read(realFile);
        for (var tensor : datasets.tensors()) {
            var other = tensors.putIfAbsent(tensor.name(), tensor);
            if (other != null) {
                throw new ProblemException(
                        "The weight " + tensor.name() + " is there twice",
                        "in " + other.file() + " and in " + tensor.file(),
                        "Remove the shard that belongs to another model");
            }
        }
        unreadable.putAll(datasets.unreadable());
    }

    private void addShards(Path index) throws ProblemException {
        var weightMap = BoundedJson.readObject(index, MAX_INDEX_BYTES).get("weight_map");
        if (weightMap == null || !weightMap.isObject() || weightMap.isEmpty()) {
            throw damaged(index, "weight_map is missing or empty");
        }
        for (var shard : shardNames(index, weightMap)) {
            addFile(index.resolveSibling(shard));
        }
    }

    /// A value is a file name or a list of them. Which group lies in which shard is not believed: every dataset is taken
    /// from where it is.
    private static Set<String> shardNames(Path index, JsonNode weightMap) throws ProblemException {
        var names = new LinkedHashSet<String>();
        for (var value : weightMap) {
            for (var element : value.isArray() ? value : List.of(value)) {
                String name = element.isTextual() ? element.textValue() : "";
                if (!ShardNames.isPlainFileName(name)) {
                    throw damaged(index, "not a file name: " + element);
                }
                names.add(name);
                if (names.size() > MAX_SHARDS) {
                    throw damaged(index, "more than " + MAX_SHARDS + " shards");
                }
            }
        }
        return names;
    }

    private static ProblemException damaged(Path index, String detail) {
        return new ProblemException(
                "The list of weight files is damaged",
                index + ": " + detail,
                "Download the file again");
    }
}
