package org.palimpsest.diagnosis;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.palimpsest.problem.Problem;
import org.palimpsest.runtime.DeviceSelection;

/// What was found out about this computer and a model.
///
/// @param device the device that was asked for or that `auto` takes, with the reason
/// @param modelFolder the model that was tried
/// @param memory what the model needs where it would run, if its folder could be read
/// @param trial how the model fared, if it could be tried
/// @param findings what a person should know, the worst first; empty if all is well
public record Diagnosis(
        Surroundings surroundings,
        Optional<DeviceSelection> device,
        Path modelFolder,
        Optional<MemoryFit> memory,
        Optional<ModelTrial> trial,
        List<Finding> findings) {
    public Diagnosis {
        findings =
                findings.stream()
                        .sorted((one, other) -> other.severity().compareTo(one.severity()))
                        .toList();
    }

    public Machine machine() {
        return surroundings.machine();
    }

    /// The version of ONNX Runtime, if it starts.
    public Optional<String> onnxRuntime() {
        return switch (surroundings.onnxRuntime()) {
            case Surroundings.Runtime.Started(String version) -> Optional.of(version);
            case Surroundings.Runtime.Fails _ -> Optional.empty();
        };
    }

    /// Whether models can be run.
    public boolean isHealthy() {
        return findings.stream().noneMatch(one -> one.severity() == Finding.Severity.ERROR);
    }

    /// What is broken, in English.
    public List<Problem> problems() {
        return findings.stream()
                .filter(one -> one.severity() == Finding.Severity.ERROR)
                .map(FindingWords::of)
                .toList();
    }
}
