package org.palimpsest.paligemma;

import java.nio.file.Path;
import java.util.List;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.runtime.Device;

/// What a person wants to know of an open model.
///
/// @param name the name of its folder
/// @param dtype the type of its weights, such as `bfloat16`, or the dtypes of an ONNX folder's parts
/// @param parameters how many numbers the weights are; the embedding table once; 0 where the files do not say
/// @param files the files of the weights
/// @param fileBytes their size
/// @param computeType the type in which it computes, such as `float32`
/// @param masks whether mask tokens become masks
/// @param maskNote why not, and what to do; empty where they do
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
        double loadMilliseconds) {
    public ModelInfo {
        files = List.copyOf(files);
    }
}
