package org.palimpsest.training;

import java.nio.file.Path;
import java.util.List;
import org.palimpsest.training.data.Example;

/// What is to be trained on what, and where the result goes.
///
/// @param model a Hugging Face folder or a Keras preset
/// @param folder where the adapter, the events and the state of the run are kept
/// @param validation examples that are never trained on; may be empty
public record TrainingRun(
        Path model,
        Path folder,
        List<Example> training,
        List<Example> validation,
        TrainingConfig config) {
    public TrainingRun {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }
}
