package org.palimpsest.batch.fit;

import java.util.Optional;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.Validation;

/// An open model that is asked between training steps, with what was learnt so far.
///
/// @param adapters gives the model an adapter, or takes it away
/// @param between is asked between steps
/// @param thorough is asked before and after training
public record AdaptableModel(
        PaliGemma model, AdapterSwitch adapters, Judge between, Judge thorough) {

    /// Changes what an open model computes with.
    @FunctionalInterface
    public interface AdapterSwitch {
        void use(Optional<Adapter> adapter) throws ProblemException;
    }

    /// The model's figures without an adapter, or with one.
    Judge.Judgement judge(Optional<Adapter> adapter, Progress progress) throws ProblemException {
        adapters.use(adapter);
        return thorough.judge(model, progress);
    }

    /// Asks between steps.
    Validation validation() {
        return (adapter, progress) -> {
            adapters.use(Optional.of(adapter));
            var found = between.judge(model, progress);
            return new Validation.Scores(found.figures(), found.decisiveValue());
        };
    }
}
