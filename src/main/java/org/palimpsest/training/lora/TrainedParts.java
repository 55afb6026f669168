package org.palimpsest.training.lora;

import java.util.List;
import java.util.Optional;

/// Which parameters are trained, as people name them; [ParameterPattern] says what the names mean.
///
/// @param lora terms of low rank beside matrices, where wanted
/// @param loraTargets names of the matrices with a term: parts such as `text`, or patterns of checkpoint names
/// @param whole parameters that are trained themselves, named the same way
public record TrainedParts(
        Optional<LoraConfig> lora, List<String> loraTargets, List<String> whole) {
    public TrainedParts {
        loraTargets = List.copyOf(loraTargets);
        whole = List.copyOf(whole);
    }
}
