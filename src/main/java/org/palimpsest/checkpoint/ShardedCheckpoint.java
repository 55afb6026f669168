package org.palimpsest.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Tensors of one file, or of the shards that an index names under `weight_map`.
///
/// Nothing is held open: places are read once, files are mapped when a tensor is asked for. Thread-safe once opened.
abstract sealed class ShardedCheckpoint implements Checkpoint
        permits KerasCheckpoint, SafetensorsCheckpoint {
    private static final long MAX_INDEX_BYTES = 16L << 20;
    private static final int MAX_SHARDS = 1_000;

    private final Path location;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();

    ShardedCheckpoint(Path location) {
        this.location = location;
    }

    /// Reads where the tensors of one file lie, and calls [#addAll].
    abstract void addFile(Path realFile) throws ProblemException;

    /// Looks at the index's `weight_map` once more when all shards were read.
    void checkIndex(Path index, JsonNode weightMap) throws ProblemException {}

    /// Reads all files.
    ///
    /// @param kind what the weights are called in messages
    final void readAll(String singleFile, String indexFile, String kind) throws ProblemException {
        if (Files.isDirectory(location)) {
            // The libraries, too, take the single file where both are there.
            if (Files.exists(location.resolve(singleFile))) {
                addFile(realPath(location.resolve(singleFile)));
            } else if (Files.exists(location.resolve(indexFile))) {
                addShards(location.resolve(indexFile));
            } else {
                throw new ProblemException(
                        "There are no " + kind + " weights in this folder",
                        location + ": neither " + singleFile + " nor " + indexFile,
                        "Choose the folder of the download that holds " + singleFile);
            }
        } else if (location.toString().endsWith(".json")) {
            addShards(location);
        } else {
            addFile(realPath(location));
        }
    }

    final void addAll(Collection<StoredTensor> found, Map<String, String> foundUnreadable)
            throws ProblemException {
        for (var tensor : found) {
            var other = tensors.putIfAbsent(tensor.name(), tensor);
            if (other != null) {
                throw new ProblemException(
                        "The tensor " + tensor.name() + " is there twice",
                        "in " + other.file() + " and in " + tensor.file(),
                        "Remove the shard that belongs to another model");
            }
        }
        unreadable.putAll(foundUnreadable);
    }

    @Override
    public final List<StoredTensor> tensors() {
        return List.copyOf(tensors.values());
    }

    @Override
    public final Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    @Override
    public final Path location() {
        return location;
    }

    @Override
    public final Optional<String> unreadableType(String name) {
        return Optional.ofNullable(unreadable.get(name));
    }

    @Override
    public final void close() {
        // Nothing is held open.
    }

    static ProblemException damaged(Path index, String detail) {
        return new ProblemException(
                "The list of weight files is damaged",
                index + ": " + detail,
                "Download the file again");
    }

    private void addShards(Path index) throws ProblemException {
        var weightMap = BoundedJson.readObject(index, MAX_INDEX_BYTES).get("weight_map");
        if (weightMap == null || !weightMap.isObject() || weightMap.isEmpty()) {
            throw damaged(index, "weight_map is missing or empty");
        }
        for (var shard : shardNames(index, weightMap)) {
            addFile(realPath(index.resolveSibling(shard)));
        }
        checkIndex(index, weightMap);
    }

    /// A value is a file name or, in Keras presets, a list of them.
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
}
