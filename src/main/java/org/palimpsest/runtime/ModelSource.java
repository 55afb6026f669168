package org.palimpsest.runtime;

import java.nio.file.Path;
import java.util.Optional;

/// Where a session takes its graph from.
public sealed interface ModelSource {

    /// A model file; its external data lies beside it.
    record InFile(Path file) implements ModelSource {}

    /// The bytes of a model.
    ///
    /// @param name what messages call it
    /// @param externalDataFolder the real folder that the locations of external data are relative to
    record InMemory(String name, byte[] bytes, Optional<Path> externalDataFolder)
            implements ModelSource {}
}
