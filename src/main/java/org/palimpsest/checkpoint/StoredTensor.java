package org.palimpsest.checkpoint;

import java.nio.file.Path;
import org.palimpsest.tensor.TensorInfo;

/// Where the values of one tensor lie: packed, C order, little endian.
///
/// @param info name, element type and shape
/// @param file the real path of the file, symbolic links resolved
/// @param offset bytes from the start of the file to the first value
/// @param length bytes of all values
public record StoredTensor(TensorInfo info, Path file, long offset, long length) {
    public StoredTensor {
        if (offset < 0 || length != info.byteSize()) {
            throw new IllegalArgumentException(
                    info + " at " + offset + " with " + length + " bytes in " + file);
        }
    }

    public String name() {
        return info.name();
    }
}
