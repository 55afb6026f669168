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
    private final DeviceChoice device;
    private final Path bundledModel;

    private @Nullable OnnxRuntime runtime;
    private @Nullable DeviceSelection selection;

    /// @param bundledModel the folder of the model in miniature that comes with the program
    public PaliGemmaOpener(DeviceChoice device, Path bundledModel) {
        this.device = device;
        this.bundledModel = bundledModel;
    }

    @Override
    public AnsweringModel open(ModelChoice choice, Progress progress) throws ProblemException {
        progress.update(new ProgressUpdate("Starting ONNX Runtime", 0));
        var started = runtime();
        var selected = selection(started);
        var model =
                PaliGemma.open(
                        choice.folder(),
                        started,
                        selected.device(),
                        OpenOptions.standard().withAdapter(choice.adapter()),
                        progress);
        return new PaliGemmaModel(
                model, selected, choice.folder().equals(bundledModel), choice.adapter());
    }

    private OnnxRuntime runtime() throws ProblemException {
        if (runtime == null) {
            runtime = OnnxRuntime.start();
        }
        return runtime;
    }

    private DeviceSelection selection(OnnxRuntime started) throws ProblemException {
        if (selection == null) {
            selection = started.select(device);
        }
        return selection;
    }
}
