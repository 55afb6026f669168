package org.palimpsest.app;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.palimpsest.cli.Window;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.ui.support.ProjectOpener;

/// Opens the desktop for the command line.
final class DesktopWindow implements Window {

    @Override
    public void open(List<Path> files) throws ProblemException {
        Desktop.launch(options(files));
    }

    @Override
    public void benchmark(int images, PrintStream out) throws ProblemException {
        Desktop.requireDisplay();
        WindowBenchmark.run(options(List.of()), images, out);
    }

    private static DesktopOptions options(List<Path> files) {
        var installation = Installation.locate();
        return new DesktopOptions(
                files,
                installation.bundledModel(),
                DeviceChoice.AUTO,
                new ProjectOpener.Places(
                        Path.of(System.getProperty("user.home", ""), "Palimpsest"),
                        installation.samples()));
    }
}
