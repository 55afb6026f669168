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

/// Tensors of one `.safetensors` file, or of the shards that `model.safetensors.index.json` names.
///
/// Nothing is held open: the files are mapped when a tensor is asked for. Thread-safe.
public final class SafetensorsCheckpoint implements Checkpoint {
    public static final String SINGLE_FILE = "model.safetensors";
    public static final String INDEX_FILE = "model.safetensors.index.json";

    private static final long MAX_INDEX_BYTES = 16L << 20;
    private static final int MAX_SHARDS = 1_000;

    private final Path location;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafetensorsCheckpoint(Path location) {
        this.location = location;
    }

    /// @param path a folder with `model.safetensors` or an index and its shards, an index, or one safetensors file
    public static SafetensorsCheckpoint open(Path path) throws ProblemException {
        var checkpoint = new SafetensorsCheckpoint(path);
        if (Files.isDirectory(path)) {
            if (Files.exists(path.resolve(SINGLE_FILE))) {
                checkpoint.addFile(path.resolve(SINGLE_FILE));
            } else if (Files.exists(path.resolve(INDEX_FILE))) {
                checkpoint.addShards(path.resolve(INDEX_FILE));
            } else {
                throw new ProblemException(
                        "There are no safetensors weights in this folder",
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

    /// The texts under `__metadata__`, of all files together.
    public Map<String, String> metadata() {
        return Map.copyOf(metadata);
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private void addFile(Path file) throws ProblemException {
        var header = SafetensorsHeader.read(realPath(file));
        for (var tensor : header.tensors()) {
            var other = tensors.putIfAbsent(tensor.name(), tensor);
            if (other != null) {
                throw new ProblemException(
                        "The tensor " + tensor.name() + " is there twice",
                        "in " + other.file() + " and in " + tensor.file(),
                        "Remove the shard that belongs to another model");
            }
        }
        unreadable.putAll(header.unreadable());
        metadata.putAll(header.metadata());
    }

    private void addShards(Path index) throws ProblemException {
        var weightMap = BoundedJson.readObject(index, MAX_INDEX_BYTES).get("weight_map");
        if (weightMap == null || !weightMap.isObject() || weightMap.isEmpty()) {
            throw damaged(index, "weight_map is missing or empty");
        }
        for (var shard : shardNames(index, weightMap)) {
            addFile(index.resolveSibling(shard));
        }
        for (var entry : weightMap.properties()) {
            String name = entry.getKey();
            if (!tensors.containsKey(name) && !unreadable.containsKey(name)) {
                throw damaged(
                        index,
                        "the tensor "
                                + name
                                + " is named but is not in "
                                + entry.getValue().asText());
            }
        }
    }

    private static Set<String> shardNames(Path index, JsonNode weightMap) throws ProblemException {
        var names = new LinkedHashSet<String>();
        for (var value : weightMap) {
            String name = value.isTextual() ? value.textValue() : "";
            if (!ShardNames.isPlainFileName(name)) {
                throw damaged(index, "not a file name: " + value);
            }
            names.add(name);
            if (names.size() > MAX_SHARDS) {
                throw damaged(index, "more than " + MAX_SHARDS + " shards");
            }
        }
        return names;
    }

    private static Path realPath(Path file) throws ProblemException {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "A file of the checkpoint is missing",
                            file.toString(),
                            "Download " + file.getFileName() + " into the folder"),
                    e);
        }
    }

    private static ProblemException damaged(Path index, String detail) {
        return new ProblemException(
                "The list of weight files is damaged",
                index + ": " + detail,
                "Download the file again");
    }
}
