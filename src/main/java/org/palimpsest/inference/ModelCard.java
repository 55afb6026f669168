package org.palimpsest.inference;

import java.nio.file.Path;
import java.util.Optional;

/// What a person should know about the model that answers.
///
/// @param name how the model is called on the screen and in the provenance of annotations
/// @param folder where it lies
/// @param details its size and kind in a few words
/// @param toy whether it is the bundled model in miniature, which knows drawn shapes only
/// @param masks whether it can turn masks into tokens and back
/// @param device the device it runs on, such as `CPU, 8 threads`
/// @param deviceReason why this device and not another, in words; may be empty
/// @param checkpoint hash of its weights and its adapter; empty where it is not known
/// @param adapter the folder of the adapter beside its weights
public record ModelCard(
        String name,
        Path folder,
        String details,
        boolean toy,
        boolean masks,
        String device,
        String deviceReason,
        String checkpoint,
        Optional<Path> adapter) {

    /// A model without an adapter, whose weights have no hash.
    public ModelCard(
            String name,
            Path folder,
            String details,
            boolean toy,
            boolean masks,
            String device,
            String deviceReason) {
        this(name, folder, details, toy, masks, device, deviceReason, "", Optional.empty());
    }

    /// Which model this is.
    public ModelChoice choice() {
        return new ModelChoice(folder, adapter);
    }
}
