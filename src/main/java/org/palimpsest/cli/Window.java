package org.palimpsest.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.palimpsest.problem.ProblemException;

/// The program's window, as the command line sees it.
public interface Window {
    /// Shows the window and returns when the person closes it.
    ///
    /// @param files a project, images or folders to open; empty for what was open last
    /// @throws ProblemException if this computer has no display
    void open(List<Path> files) throws ProblemException;

    /// Measures how smooth the window is, and prints the figures.
    ///
    /// @param images how many images the large project has
    /// @throws ProblemException if this computer has no display, or something cannot be measured
    void benchmark(int images, PrintStream out) throws ProblemException;
}
