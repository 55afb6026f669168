package org.palimpsest.ui.models;

import org.palimpsest.diagnosis.ModelTrial;
import org.palimpsest.modelstore.WeightCheck;
import org.palimpsest.problem.Problem;

/// How trying a model stands.
sealed interface Trial {

    /// It was not tried.
    record None() implements Trial {}

    /// It is being tried.
    ///
    /// @param checking whether its weights are read, else it is loaded and asked
    record Running(boolean checking) implements Trial {}

    /// It answered.
    record Answered(ModelTrial result) implements Trial {}

    /// All weights were read.
    record Checked(WeightCheck result) implements Trial {}

    /// It did not work.
    record Failed(Problem problem) implements Trial {}
}
