package org.palimpsest.inference;

import java.nio.file.Path;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// Opens the model in a folder. Called on the service's thread only.
@FunctionalInterface
public interface ModelOpener {
    AnsweringModel open(Path folder, Progress progress) throws ProblemException;
}
