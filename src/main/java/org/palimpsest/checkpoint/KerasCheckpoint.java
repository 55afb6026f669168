package org.palimpsest.checkpoint;

import java.nio.file.Path;
import org.palimpsest.problem.ProblemException;

/// Weights of a Keras preset: `model.weights.h5`, or the shards that `model.weights.json` names.
///
/// A tensor's name is its dataset's path without the leading slash. Which group lies in which shard is not believed: every
/// dataset is taken from where it is. Nothing is held open: the datasets' addresses are read once, then the files are
/// mapped. Thread-safe.
public final class KerasCheckpoint extends ShardedCheckpoint {
    public static final String SINGLE_FILE = "model.weights.h5";
    public static final String INDEX_FILE = "model.weights.json";

    private KerasCheckpoint(Path location) {
        super(location);
    }

    /// @param path a preset's folder, its index, or one `.h5` file
    public static KerasCheckpoint open(Path path) throws ProblemException {
        var checkpoint = new KerasCheckpoint(path);
        checkpoint.readAll(SINGLE_FILE, INDEX_FILE, "Keras");
        return checkpoint;
    }

    @Override
    void addFile(Path realFile) throws ProblemException {
        var datasets = Hdf5Datasets.read(realFile);
        addAll(datasets.tensors(), datasets.unreadable());
    }
}
