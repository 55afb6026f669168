package org.palimpsest.batch.fit;

import java.nio.file.Path;
import java.util.Optional;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.LearntFiles;
import org.palimpsest.training.Validation;

/// An open model that is asked before, between and after training steps, with what was learnt so far.
///
/// An adapter is switched on beside the open model. Where whole weights were trained the model of its own that they became
/// is opened when training has ended; between steps the loss alone is known.
///
/// @param adapters gives the model an adapter, or takes it away
/// @param others opens a model of its own
/// @param between is asked between steps
/// @param thorough is asked before and after training
public record AdaptableModel(
        PaliGemma model,
        AdapterSwitch adapters,
        ModelFolders others,
        Judge between,
        Judge thorough) {

    /// Changes what an open model computes with.
    @FunctionalInterface
    public interface AdapterSwitch {
        void use(Optional<Adapter> adapter) throws ProblemException;
    }

    /// Opens a model's folder; the caller closes the model.
    @FunctionalInterface
    public interface ModelFolders {
        PaliGemma open(Path folder) throws ProblemException;
    }

    /// The model's figures without an adapter, or with one.
    Judge.Judgement judge(Optional<Adapter> adapter, Progress progress) throws ProblemException {
        adapters.use(adapter);
        return thorough.judge(model, progress);
    }

    /// The figures of what was learnt.
    ///
    /// @param folder where it was written, for a model of its own
    Judge.Judgement judgeLearnt(Adapter learnt, Path folder, Progress progress)
            throws ProblemException {
        if (LearntFiles.isSwitchable(learnt)) {
            return judge(Optional.of(learnt), progress);
        }
        try (var own = others.open(folder)) {
            return thorough.judge(own, progress);
        }
    }

    /// Asks between steps.
    Validation validation() {
        return (adapter, progress) -> {
            if (!LearntFiles.isSwitchable(adapter)) {
                return Validation.NONE.score(adapter, progress);
            }
            adapters.use(Optional.of(adapter));
            var found = between.judge(model, progress);
            return new Validation.Scores(found.figures(), found.decisiveValue());
        };
    }
}
