package org.palimpsest.checkpoint;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.Tensor;

/// Named tensors in one or more files, each at a known place, so that its bytes can be used where they lie.
///
/// Implementations check every name, type, shape and offset when they open, so a [StoredTensor] can be trusted to lie
/// inside its file. Thread-safe.
public interface Checkpoint extends AutoCloseable {

    /// Every readable tensor, in the order of the files.
    List<StoredTensor> tensors();

    Optional<StoredTensor> find(String name);

    /// The folder or file that was opened, for messages.
    Path location();

    /// The element type of a tensor that is there but cannot be read by this program, such as `F8_E4M3`.
    default Optional<String> unreadableType(String name) {
        return Optional.empty();
    }

    /// The tensor's values mapped into memory, read-only; they live as long as the arena.
    default Tensor map(StoredTensor tensor, Arena arena) throws ProblemException {
        return FileMapping.map(tensor, arena);
    }

    @Override
    void close();
}
