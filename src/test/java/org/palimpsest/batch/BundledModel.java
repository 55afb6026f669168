package org.palimpsest.batch;

import org.palimpsest.job.Progress;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.paligemma.OpenOptions;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

/// The bundled model, open on one thread.
public record BundledModel(OnnxRuntime runtime, PaliGemma model) implements AutoCloseable {
    public static BundledModel open() throws ProblemException {
        var runtime = OnnxRuntime.start();
        return new BundledModel(
                runtime,
                PaliGemma.open(
                        Installation.locate().bundledModel(),
                        runtime,
                        new Device.Cpu(1),
                        OpenOptions.standard(),
                        Progress.NONE));
    }

    @Override
    public void close() {
        model.close();
        runtime.close();
    }
}
