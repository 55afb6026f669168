package org.palimpsest.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.palimpsest.cli.Window;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.DeviceChoice;

/// Opens the desktop for the command line.
final class DesktopWindow implements Window {

    @Override
    public void open(List<Path> files) throws ProblemException {
        var installation = Installation.locate();
        var samples = installation.samples();
        boolean useSamples = files.isEmpty() && Files.isDirectory(samples);
        Desktop.launch(
                new DesktopOptions(
                        useSamples ? List.of(samples) : files,
                        installation.bundledModel(),
                        DeviceChoice.AUTO));
    }
}
