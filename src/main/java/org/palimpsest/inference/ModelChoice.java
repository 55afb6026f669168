package org.palimpsest.inference;

import java.nio.file.Path;
import java.util.Optional;

/// Which model answers.
///
/// @param folder of the model
/// @param adapter the PEFT folder of an adapter beside its weights
public record ModelChoice(Path folder, Optional<Path> adapter) {

    /// A model without an adapter.
    public static ModelChoice of(Path folder) {
        return new ModelChoice(folder, Optional.empty());
    }

    public ModelChoice withAdapter(Optional<Path> wanted) {
        return new ModelChoice(folder, wanted);
    }
}
