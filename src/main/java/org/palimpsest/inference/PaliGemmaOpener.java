package org.palimpsest.inference;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.OpenOptions;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.runtime.DeviceSelection;
import org.palimpsest.runtime.OnnxRuntime;

/// Opens PaliGemma models of any layout on the device that was chosen. Starts ONNX Runtime with the first one, because
/// that takes a moment.
///
/// Confined to the thread of one [InferenceService].
public final class PaliGemmaOpener implements ModelOpener {
    private final DeviceChoice choice;
    private final Path bundledModel;

    private @Nullable OnnxRuntime runtime;
    private @Nullable DeviceSelection selection;

    /// @param bundledModel the folder of the model in miniature that comes with the program
    public PaliGemmaOpener(DeviceChoice choice, Path bundledModel) {
        this.choice = choice;
        this.bundledModel = bundledModel;
    }

    @Override
    public AnsweringModel open(Path folder, Progress progress) throws ProblemException {
        progress.update(new ProgressUpdate("Starting ONNX Runtime", 0));
        var started = runtime();
        var device = selection(started);
        var model =
                PaliGemma.open(folder, started, device.device(), OpenOptions.standard(), progress);
        return new PaliGemmaModel(model, device, folder.equals(bundledModel));
    }

    private OnnxRuntime runtime() throws ProblemException {
        if (runtime == null) {
            runtime = OnnxRuntime.start();
        }
        return runtime;
    }

    private DeviceSelection selection(OnnxRuntime started) throws ProblemException {
        if (selection == null) {
            selection = started.select(choice);
        }
        return selection;
    }
}
