package org.palimpsest.format.jsonl;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.format.MaskEncoder;
import org.palimpsest.format.prompts.EmptyAnswer;
import org.palimpsest.format.prompts.ExampleOptions;
import org.palimpsest.format.prompts.ExampleSettings;
import org.palimpsest.problem.ProblemException;

/// What a single PaliGemma JSONL file shall hold.
///
/// @param flavor who reads it
/// @param labels the classes that every `detect` line asks for, in this order; labels that objects have beyond
///     these come behind them
/// @param imageFolder what image paths are relative to; where it is absent, the innermost folder that holds all
///     of the images
/// @param examples which lines are made of each image
public record JsonlOptions(
        JsonlFlavor flavor, LabelSet labels, Optional<Path> imageFolder, ExampleOptions examples) {

    /// Boxes and texts of the images that have any.
    public static JsonlOptions of(JsonlFlavor flavor, List<String> labels) {
        try {
            return new JsonlOptions(
                    flavor,
                    LabelSet.ofNames(labels),
                    Optional.empty(),
                    ExampleSettings.options(Map.of(), 0));
        } catch (ProblemException e) {
            throw new IllegalStateException("The default settings are refused", e);
        }
    }

    public JsonlOptions withImageFolder(Path folder) {
        return new JsonlOptions(flavor, labels, Optional.of(folder), examples);
    }

    /// With a `segment` line for each image whose objects all have an outline.
    public JsonlOptions withMasks(MaskEncoder encoder) {
        return new JsonlOptions(flavor, labels, imageFolder, examples.withMasks(encoder));
    }

    /// With a `detect` line and an empty answer for images without objects; right where a person has looked at them,
    /// and lost on trainers that skip empty answers.
    public JsonlOptions withEmptyImages() {
        return withExamples(examples.withEmpty(new EmptyAnswer.Text("")));
    }

    public JsonlOptions withExamples(ExampleOptions changed) {
        return new JsonlOptions(flavor, labels, imageFolder, changed);
    }
}
