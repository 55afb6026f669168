package org.palimpsest.diagnosis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.OpenOptions;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.TokenListener;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.runtime.DeviceSelection;
import org.palimpsest.runtime.OnnxRuntime;

/// Examines this computer: what there is, what works, and what is missing.
public final class Doctor {
    private static final String TRIAL_PROMPT = "caption en";
    private static final int TRIAL_TOKENS = 16;
    private static final int TRIAL_SIDE = 112;

    /// Tries everything that can be tried; what fails is a problem in the result, never an exception.
    ///
    /// @param modelFolder the model to load and ask
    public Diagnosis examine(DeviceChoice choice, Path modelFolder, Progress progress) {
        var problems = new ArrayList<Problem>();
        Optional<DeviceSelection> device = Optional.empty();
        Optional<ModelTrial> trial = Optional.empty();
        try (OnnxRuntime runtime = OnnxRuntime.start()) {
            try {
                device = Optional.of(runtime.select(choice));
                trial =
                        Optional.of(
                                tryModel(runtime, device.get().device(), modelFolder, progress));
            } catch (ProblemException e) {
                problems.add(e.problem());
            }
            return new Diagnosis(
                    Machine.current(), Optional.of(runtime.version()), device, trial, problems);
        } catch (ProblemException e) {
            return new Diagnosis(
                    Machine.current(), Optional.empty(), device, trial, List.of(e.problem()));
        }
    }

    private static ModelTrial tryModel(
            OnnxRuntime runtime, Device device, Path folder, Progress progress)
            throws ProblemException {
        try (PaliGemma model =
                PaliGemma.open(folder, runtime, device, OpenOptions.standard(), progress)) {
            long start = System.nanoTime();
            var answer =
                    model.answer(
                            picture(),
                            TRIAL_PROMPT,
                            GenerationOptions.greedy(TRIAL_TOKENS),
                            TokenListener.NONE,
                            progress);
            return new ModelTrial(
                    folder,
                    model.info().device().label(),
                    model.info().loadMilliseconds(),
                    (System.nanoTime() - start) / 1e6,
                    answer.generation().text());
        }
    }

    /// A red disk on white.
    private static Picture picture() {
        var rgb = new byte[TRIAL_SIDE * TRIAL_SIDE * Picture.CHANNELS];
        Arrays.fill(rgb, (byte) 0xFF);
        double middle = TRIAL_SIDE / 2.0;
        double radius = TRIAL_SIDE / 4.0;
        for (int y = 0; y < TRIAL_SIDE; y++) {
            for (int x = 0; x < TRIAL_SIDE; x++) {
                if (Math.hypot(x - middle, y - middle) < radius) {
                    int at = (y * TRIAL_SIDE + x) * Picture.CHANNELS;
                    rgb[at + 1] = 0x20;
                    rgb[at + 2] = 0x20;
                }
            }
        }
        return new Picture(TRIAL_SIDE, TRIAL_SIDE, rgb);
    }
}
