package org.palimpsest.inference;

import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// Opens a model. Called on the service's thread only.
@FunctionalInterface
public interface ModelOpener {
    AnsweringModel open(ModelChoice choice, Progress progress) throws ProblemException;
}
