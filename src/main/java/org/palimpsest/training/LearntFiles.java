package org.palimpsest.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.paligemma.adapter.AdapterMerge;
import org.palimpsest.paligemma.adapter.OnnxAdapterFile;
import org.palimpsest.paligemma.adapter.OnnxAdapterFile.Part;
import org.palimpsest.paligemma.adapter.PeftFolder;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.graph.Adaptation;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.WeightFiles;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.Folders;

/// Writes what a run learnt into its folder.
///
/// Terms of low rank, with the projector's weights or without, are an adapter: a PEFT folder, and for each graph the file
/// that ONNX Runtime switches it on by. What the last step left lies below in `last`. Where other weights were trained the
/// whole model is written, as a Hugging Face checkpoint, in `model`.
public final class LearntFiles {
    public static final String LAST = "last";
    public static final String MODEL = "model";

    private LearntFiles() {}

    /// Whether it can stand beside a model that is loaded, or needs a model of its own.
    public static boolean isSwitchable(Adapter adapter) {
        return !adapter.terms().isEmpty()
                && adapter.replaced().keySet().stream().allMatch(Adaptation::isReplaceable);
    }

    /// Writes the best and the last.
    ///
    /// @param baseModel what the adapter calls the model that it belongs to
    /// @return the folder to be used: of the adapter, or of the whole model
    public static Path write(
            TrainingRun run, Trainer.Result result, String baseModel, Progress progress)
            throws ProblemException {
        if (!isSwitchable(result.best())) {
            Path model = run.folder().resolve(MODEL);
            discard(model);
            AdapterMerge.write(run.model(), result.best(), model, progress);
            return model;
        }
        var config = ConfigReader.read(run.model());
        try (var checkpoint = WeightFiles.open(run.model(), config.conventions().layout())) {
            var weights = PaliGemmaWeights.locate(checkpoint, config);
            write(run.folder(), result.best(), weights, baseModel);
            write(run.folder().resolve(LAST), result.last(), weights, baseModel);
        }
        return run.folder();
    }

    private static void write(
            Path folder, Adapter adapter, PaliGemmaWeights weights, String baseModel)
            throws ProblemException {
        PeftFolder.write(folder, adapter, weights.config(), baseModel);
        for (Part part : Part.values()) {
            if (hasAny(adapter, part)) {
                String name = part.name().toLowerCase(Locale.ROOT) + ".onnx_adapter";
                OnnxAdapterFile.write(folder.resolve(name), adapter, part, weights);
            }
        }
    }

    private static boolean hasAny(Adapter adapter, Part part) {
        boolean vision = part == Part.VISION_ENCODER;
        return adapter.terms().keySet().stream()
                        .anyMatch(each -> each.role().isOfVision() == vision)
                || adapter.replaced().keySet().stream()
                        .anyMatch(each -> each.role().isOfVision() == vision);
    }

    /// A model of the same run that was written before.
    private static void discard(Path model) throws ProblemException {
        try {
            if (Files.exists(model)) {
                Folders.delete(model);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The model of the run before cannot be replaced", model + ": " + e, ""),
                    e);
        }
    }
}
