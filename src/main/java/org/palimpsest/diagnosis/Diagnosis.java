package org.palimpsest.diagnosis;

import java.util.List;
import java.util.Optional;
import org.palimpsest.problem.Problem;
import org.palimpsest.runtime.DeviceSelection;

/// What was found out about this computer.
///
/// @param onnxRuntime the version of ONNX Runtime, if it starts
/// @param device the device that was asked for or that `auto` takes, with the reason
/// @param model how the model fared, if it could be tried
/// @param problems what is broken; empty if models can be run
public record Diagnosis(
        Machine machine,
        Optional<String> onnxRuntime,
        Optional<DeviceSelection> device,
        Optional<ModelTrial> model,
        List<Problem> problems) {
    public Diagnosis {
        problems = List.copyOf(problems);
    }

    public boolean isHealthy() {
        return problems.isEmpty();
    }
}
