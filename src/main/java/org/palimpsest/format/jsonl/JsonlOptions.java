package org.palimpsest.format.jsonl;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.palimpsest.format.MaskEncoder;

/// What a PaliGemma JSONL file shall hold.
///
/// @param flavor who reads it
/// @param labels the classes that every `detect` line asks for, in this order; labels that objects have beyond
///     these come behind them
/// @param imageFolder what image paths are relative to; where it is absent, the innermost folder that holds all
///     of the images
/// @param detect whether there is a `detect` line for each image with objects
/// @param maskEncoder where present, there is a `segment` line for each image whose objects all have an outline
/// @param texts whether captions, answers and other texts are written
/// @param emptyImages whether images without objects get a `detect` line with an empty answer; right where a
///     person has looked at them, and lost on trainers that skip empty answers
public record JsonlOptions(
        JsonlFlavor flavor,
        List<String> labels,
        Optional<Path> imageFolder,
        boolean detect,
        Optional<MaskEncoder> maskEncoder,
        boolean texts,
        boolean emptyImages) {
    public JsonlOptions {
        labels = List.copyOf(labels);
    }

    /// Boxes and texts of the images that have any.
    public static JsonlOptions of(JsonlFlavor flavor, List<String> labels) {
        return new JsonlOptions(
                flavor, labels, Optional.empty(), true, Optional.empty(), true, false);
    }

    public JsonlOptions withImageFolder(Path folder) {
        return new JsonlOptions(
                flavor, labels, Optional.of(folder), detect, maskEncoder, texts, emptyImages);
    }

    public JsonlOptions withMasks(MaskEncoder encoder) {
        return new JsonlOptions(
                flavor, labels, imageFolder, detect, Optional.of(encoder), texts, emptyImages);
    }

    public JsonlOptions withEmptyImages() {
        return new JsonlOptions(flavor, labels, imageFolder, detect, maskEncoder, texts, true);
    }
}
