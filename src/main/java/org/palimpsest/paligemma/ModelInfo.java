package org.palimpsest.paligemma;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.runtime.Device;

/// What a person wants to know of an open model.
///
/// @param name the name of its folder, with `+` and the name of the adapter where one is in use
/// @param dtype the type of its weights, such as `bfloat16`, or the dtypes of an ONNX folder's parts
/// @param parameters how many numbers the weights are; the embedding table once; 0 where the files do not say
/// @param files the files of the weights
/// @param fileBytes their size
/// @param computeType the type in which it computes, such as `float32`
/// @param masks whether mask tokens become masks
/// @param maskNote why not, and what to do; empty where they do
/// @param adapter what was put beside the weights
public record ModelInfo(
        String name,
        Path folder,
        CheckpointLayout layout,
        PaliGemmaConfig config,
        Device device,
        String dtype,
        String computeType,
        long parameters,
        List<Path> files,
        long fileBytes,
        boolean masks,
        String maskNote,
        double loadMilliseconds,
        Optional<ActiveAdapter> adapter) {

    /// An adapter in use.
    ///
    /// @param sha256 of what it changes, in hexadecimal
    public record ActiveAdapter(String name, String sha256) {}

    public ModelInfo {
        files = List.copyOf(files);
    }

    /// The same of a model without an adapter, once it has this one.
    ModelInfo withAdapter(ActiveAdapter wanted) {
        return new ModelInfo(
                name + "+" + wanted.name(),
                folder,
                layout,
                config,
                device,
                dtype,
                computeType,
                parameters,
                files,
                fileBytes,
                masks,
                maskNote,
                loadMilliseconds,
                Optional.of(wanted));
    }
}
