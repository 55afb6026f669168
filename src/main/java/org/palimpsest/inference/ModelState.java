package org.palimpsest.inference;

import java.nio.file.Path;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.Problem;

/// How it stands with the model.
public sealed interface ModelState {

    /// No model was chosen yet.
    record None() implements ModelState {}

    /// It is being opened.
    record Opening(Path folder, ProgressUpdate progress) implements ModelState {}

    /// It answers.
    record Ready(ModelCard card) implements ModelState {}

    /// It could not be opened; the next request tries again.
    record Broken(Path folder, Problem problem) implements ModelState {}
}
