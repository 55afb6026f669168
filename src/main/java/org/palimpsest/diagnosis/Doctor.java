package org.palimpsest.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.runtime.DeviceSelection;
import org.palimpsest.runtime.OnnxRuntime;

/// Examines this computer: what there is, what works, and what is missing.
public final class Doctor {

    /// Tries everything that can be tried; what fails is a problem in the result, never an exception.
    public Diagnosis examine(DeviceChoice choice) {
        var problems = new ArrayList<Problem>();
        try (OnnxRuntime runtime = OnnxRuntime.start()) {
            Optional<DeviceSelection> device = Optional.empty();
            try {
                device = Optional.of(runtime.select(choice));
            } catch (ProblemException e) {
                problems.add(e.problem());
            }
            return new Diagnosis(
                    Machine.current(), Optional.of(runtime.version()), device, problems);
        } catch (ProblemException e) {
            return new Diagnosis(
                    Machine.current(), Optional.empty(), Optional.empty(), List.of(e.problem()));
        }
    }
}
