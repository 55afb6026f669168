package org.palimpsest.ui.models;

import java.nio.file.Path;
import org.palimpsest.diagnosis.LoadTest;
import org.palimpsest.diagnosis.ModelTrial;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.job.Progress;
import org.palimpsest.modelstore.WeightCheck;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.DeviceChoice;

/// Tries models: the slow part of the page, replaced in tests.
public interface ModelTester {
    /// Loads models on the best device there is.
    ModelTester REAL =
            new ModelTester() {
                @Override
                public ModelTrial load(ModelChoice choice, Progress progress)
                        throws ProblemException {
                    return LoadTest.run(
                            choice.folder(), choice.adapter(), DeviceChoice.AUTO, progress);
                }

                @Override
                public WeightCheck check(Path folder, Progress progress) throws ProblemException {
                    return WeightCheck.of(folder, progress);
                }
            };

    /// Loads a model and asks it one question.
    ModelTrial load(ModelChoice choice, Progress progress) throws ProblemException;

    /// Reads all weights of a model.
    WeightCheck check(Path folder, Progress progress) throws ProblemException;
}
