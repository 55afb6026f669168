package org.palimpsest.diagnosis;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.OpenOptions;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.generation.FinishReason;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.TokenListener;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.runtime.OnnxRuntime;

/// Loads a model, asks it one question and closes it again: shows that it works here, and how fast.
public final class LoadTest {
    static final String PROMPT = "caption en";
    private static final int MOST_TOKENS = 16;
    private static final int SIDE = 112;

    private LoadTest() {}

    /// Loads a model beside those that are open.
    ///
    /// @param adapter the PEFT folder of an adapter that is tried with it
    /// @throws ProblemException if the device, the model or the adapter cannot be used
    /// @throws CancellationException if that was asked for meanwhile
    public static ModelTrial run(
            Path folder, Optional<Path> adapter, DeviceChoice choice, Progress progress)
            throws ProblemException {
        try (OnnxRuntime runtime = OnnxRuntime.start()) {
            return run(runtime, runtime.select(choice).device(), folder, adapter, progress);
        }
    }

    static ModelTrial run(
            OnnxRuntime runtime,
            Device device,
            Path folder,
            Optional<Path> adapter,
            Progress progress)
            throws ProblemException {
        var stopping = new Stopping(progress);
        var options = OpenOptions.standard().withAdapter(adapter);
        try (PaliGemma model = PaliGemma.open(folder, runtime, device, options, stopping)) {
            var answer =
                    model.answer(
                            picture(),
                            PROMPT,
                            GenerationOptions.greedy(MOST_TOKENS),
                            TokenListener.NONE,
                            progress);
            var generation = answer.generation();
            if (generation.finishReason() == FinishReason.CANCELLED) {
                throw new CancellationException(PROMPT);
            }
            var times = generation.timings();
            int further = generation.tokenIds().length - 1;
            return new ModelTrial(
                    folder,
                    model.info().device().label(),
                    PROMPT,
                    model.info().loadMilliseconds(),
                    times.total() - times.decode(),
                    times.total(),
                    further > 0 && times.decode() > 0 ? further * 1_000 / times.decode() : 0,
                    generation.text());
        }
    }

    /// A red disk on white.
    private static Picture picture() {
        var rgb = new byte[SIDE * SIDE * Picture.CHANNELS];
        Arrays.fill(rgb, (byte) 0xFF);
        double middle = SIDE / 2.0;
        double radius = SIDE / 4.0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                if (Math.hypot(x - middle, y - middle) < radius) {
                    int at = (y * SIDE + x) * Picture.CHANNELS;
                    rgb[at + 1] = 0x20;
                    rgb[at + 2] = 0x20;
                }
            }
        }
        return new Picture(SIDE, SIDE, rgb);
    }

    /// Opening a model does not ask whether to go on; here it ends where it next says what it does.
    private record Stopping(Progress progress) implements Progress {
        @Override
        public void update(ProgressUpdate update) {
            progress.update(update);
            if (progress.isCancelled()) {
                throw new CancellationException(update.message());
            }
        }

        @Override
        public boolean isCancelled() {
            return progress.isCancelled();
        }
    }
}
