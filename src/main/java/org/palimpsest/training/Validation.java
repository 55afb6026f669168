package org.palimpsest.training;

import java.util.Map;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.problem.ProblemException;

/// Says how good a half-trained model is, besides its loss.
@FunctionalInterface
public interface Validation {
    /// Nothing but the loss counts.
    Validation NONE = (_, _) -> new Scores(Map.of(), Double.NaN);

    /// @param adapter what was learnt so far
    Scores score(Adapter adapter, Progress progress) throws ProblemException;

    /// @param metrics by name, in an order for people
    /// @param decisive the one number that tells the best of several, larger is better; NaN where the loss decides
    record Scores(Map<String, Double> metrics, double decisive) {}
}
