package org.palimpsest.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.palimpsest.problem.ProblemException;

/// Tensors of one `.safetensors` file, or of the shards that `model.safetensors.index.json` names.
///
/// Nothing is held open: the files are mapped when a tensor is asked for. Thread-safe.
public final class SafetensorsCheckpoint extends ShardedCheckpoint {
    public static final String SINGLE_FILE = "model.safetensors";
    public static final String INDEX_FILE = "model.safetensors.index.json";

    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafetensorsCheckpoint(Path location) {
        super(location);
    }

    /// @param path a folder with `model.safetensors` or an index and its shards, an index, or one safetensors file
    public static SafetensorsCheckpoint open(Path path) throws ProblemException {
        var checkpoint = new SafetensorsCheckpoint(path);
        checkpoint.readAll(SINGLE_FILE, INDEX_FILE, "safetensors");
        return checkpoint;
    }

    /// The texts under `__metadata__`, of all files together.
    public Map<String, String> metadata() {
        return Map.copyOf(metadata);
    }

    @Override
    void addFile(Path realFile) throws ProblemException {
        var header = SafetensorsHeader.read(realFile);
        addAll(header.tensors(), header.unreadable());
        metadata.putAll(header.metadata());
    }

    @Override
    void checkIndex(Path index, JsonNode weightMap) throws ProblemException {
        for (var entry : weightMap.properties()) {
            String name = entry.getKey();
            if (find(name).isEmpty() && unreadableType(name).isEmpty()) {
                throw damaged(
                        index,
                        "the tensor " + name + " is named but is not in " + entry.getValue());
            }
        }
    }
}
