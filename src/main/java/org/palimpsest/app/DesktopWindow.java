package org.palimpsest.app;

import java.nio.file.Path;
import java.util.List;
import org.palimpsest.cli.Window;
import org.palimpsest.problem.ProblemException;

/// Opens the desktop for the command line.
final class DesktopWindow implements Window {

    @Override
    public void open(List<Path> files) throws ProblemException {
        throw new ProblemException(
                "This build has no window", "", "Use a command, for example: ./palimpsest demo");
    }
}
