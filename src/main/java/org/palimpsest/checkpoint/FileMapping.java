package org.palimpsest.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.StandardOpenOption;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.Tensor;

/// Maps a stored tensor into memory.
final class FileMapping {
    private FileMapping() {}

    static Tensor map(StoredTensor tensor, Arena arena) throws ProblemException {
        try (var channel = FileChannel.open(tensor.file(), StandardOpenOption.READ)) {
            if (tensor.offset() + tensor.length() > channel.size()) {
                throw new ProblemException(
                        "The file became shorter while it was in use",
                        tensor.file() + ", tensor " + tensor.name(),
                        "Copy or download the file again");
            }
            var memory = channel.map(MapMode.READ_ONLY, tensor.offset(), tensor.length(), arena);
            return new Tensor(tensor.info().elementType(), tensor.info().shape(), memory);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The tensor " + tensor.name() + " cannot be read",
                            tensor.file() + ": " + e.getMessage(),
                            "Check that the file is still there and readable"),
                    e);
        }
    }
}
