package org.palimpsest.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Where the files of a run lie.
record RunFolder(Path path) {

    /// What a run that was stopped goes on from.
    Path state() {
        return path.resolve("training").resolve("state.safetensors");
    }

    void create() throws ProblemException {
        try {
            Files.createDirectories(state().getParent());
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder of the training run cannot be made",
                            path + ": " + e,
                            "Choose a folder that you may write to"),
                    e);
        }
    }
}
