package org.palimpsest.batch;

import java.util.List;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// A model as an evaluation asks it: one that a command has open ([OpenedModel]), or one that answers in the window beside
/// other work ([ServedModel]).
public interface EvaluatedModel {
    /// What it is called in a report.
    String name();

    /// Hash of its weights and its adapter; empty where it is not known.
    String checkpoint() throws ProblemException;

    /// Whether it answers with masks.
    boolean masks();

    /// Asks about one image.
    ///
    /// @return the answers in the order of the prompts
    List<EvaluatedAnswer> ask(
            ImageEntry image, List<String> prompts, int maxNewTokens, Progress progress)
            throws ProblemException;
}
