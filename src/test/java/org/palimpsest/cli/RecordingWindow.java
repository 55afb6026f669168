package org.palimpsest.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.palimpsest.problem.ProblemException;

/// Opens nothing: does what the test says, and remembers what it was to measure.
record RecordingWindow(Opening opening, List<Integer> measured) implements Window {
    /// What is done in the place of opening a window.
    @FunctionalInterface
    interface Opening {
        void open(List<Path> files) throws ProblemException;
    }

    RecordingWindow(Opening opening) {
        this(opening, new ArrayList<>());
    }

    RecordingWindow() {
        this(_ -> {});
    }

    @Override
    public void open(List<Path> files) throws ProblemException {
        opening.open(files);
    }

    @Override
    public void benchmark(int images, PrintStream out) {
        measured.add(images);
    }
}
