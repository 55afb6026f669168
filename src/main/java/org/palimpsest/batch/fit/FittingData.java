package org.palimpsest.batch.fit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.training.data.Example;

/// What a model is to learn, and what it is held against.
///
/// @param source where it came from, in words
/// @param division how the two parts were told apart, in words
/// @param validation examples that are never trained on; may be empty
/// @param validationImages the annotated images of the validation examples, where they come from a project
/// @param kinds how many training examples there are of each kind: templates of a project, tasks of a file
/// @param findings what was left out or is worth knowing, in words
public record FittingData(
        String source,
        String division,
        List<Example> training,
        List<Example> validation,
        Optional<Dataset> validationImages,
        Map<String, Integer> kinds,
        List<String> findings) {
    public FittingData {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        kinds = new LinkedHashMap<>(kinds);
        findings = List.copyOf(findings);
    }

    /// How validation images are chosen where the data does not say which they are.
    ///
    /// @param share of the images, 0 for none; one image at least where it is more
    /// @param seed other seeds hold other images out
    public record HoldOut(double share, long seed) {
        public HoldOut {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException("Not a share: " + share);
            }
        }
    }
}
