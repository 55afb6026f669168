package org.palimpsest.format;

import java.nio.file.Path;
import java.util.Optional;

/// What can be chosen for an import.
///
/// @param imageFolder where image paths are looked up first; where absent, beside the file and around it
/// @param frame which pixels coordinates refer to, where the file does not tell; where absent, the format's usual ones
/// @param locationScale 1023 or 1024 for location tokens; where absent, 1023 unless the file shows otherwise
/// @param masks draws the masks of segmentation codes; without it their boxes are imported
public record ImportOptions(
        Optional<Path> imageFolder,
        Optional<Frame> frame,
        Optional<Integer> locationScale,
        Optional<MaskDecoder> masks) {
    public static final ImportOptions DEFAULT =
            new ImportOptions(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public ImportOptions withImageFolder(Path folder) {
        return new ImportOptions(Optional.of(folder), frame, locationScale, masks);
    }

    public ImportOptions withMasks(MaskDecoder decoder) {
        return new ImportOptions(imageFolder, frame, locationScale, Optional.of(decoder));
    }
}
