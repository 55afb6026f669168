package org.palimpsest.benchmark.fit;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.training.StepTrial;
import org.palimpsest.training.TrainingConfig.Recompute;

/// Measures what a step of fine-tuning costs as the trained parameters, the text and the batch grow.
///
/// Batches are made up: the cost depends on their sizes alone.
public final class FitCost {
    private static final int WARMUP = 2;
    private static final long SEED = 20_260_101;

    private final Path model;
    private final OnnxRuntime runtime;
    private final Device device;
    private final Path temporary;

    /// @param model a Hugging Face folder or a Keras preset
    /// @param temporary for profiles, deleted by the caller
    public FitCost(Path model, OnnxRuntime runtime, Device device, Path temporary) {
        this.model = model;
        this.runtime = runtime;
        this.device = device;
        this.temporary = temporary;
    }

    /// One measurement.
    ///
    /// @param examples that go through the model together
    /// @param text text tokens of each
    /// @param recompute whether layers are computed again on the way back
    public record Case(TrainedChoice trained, int text, int examples, boolean recompute) {}

    /// What a case cost.
    ///
    /// @param trainedValues numbers that are trained
    /// @param seconds of a step, the median
    /// @param processorSeconds of a step on all threads, the mean; other work on the machine changes it little
    /// @param productShare of the steps' time in matrix products
    /// @param memory by which the process grew at the most, mapped files not counted
    /// @param estimatedMemory what a run is said to need, without the program itself
    public record Row(
            Case measured,
            long trainedValues,
            double seconds,
            double processorSeconds,
            double productShare,
            OptionalLong memory,
            long estimatedMemory) {
        public double examplesPerSecond() {
            return measured.examples() / seconds;
        }
    }

    /// The cases in which one of three sizes changes, and the others are the middle ones of their lists; each with the
    /// layers' values kept and computed again. Of what is trained, rank 8 is the middle one where it is in the list.
    public static List<Case> oneAtATime(
            List<TrainedChoice> trained, List<Integer> text, List<Integer> examples) {
        var usual =
                trained.contains(TrainedChoice.RANK_8) ? TrainedChoice.RANK_8 : trained.getFirst();
        int usualText = text.get(text.size() / 2);
        int usualExamples = examples.get(examples.size() / 2);
        Set<Case> cases = new LinkedHashSet<>();
        for (boolean recompute : new boolean[] {false, true}) {
            trained.forEach(each -> cases.add(new Case(each, usualText, usualExamples, recompute)));
            text.forEach(each -> cases.add(new Case(usual, each, usualExamples, recompute)));
            examples.forEach(each -> cases.add(new Case(usual, usualText, each, recompute)));
        }
        return List.copyOf(cases);
    }

    /// @param steps that are timed, after two that warm up
    public Row measure(Case measured, int steps, Progress progress) throws ProblemException {
        Path folder = folder();
        var setup =
                new StepTrial.Setup(
                        measured.trained().parts(),
                        measured.examples(),
                        measured.text(),
                        measured.recompute() ? Recompute.ALWAYS : Recompute.NEVER,
                        SEED,
                        Optional.of(folder.resolve("step")));
        var cancel = new CancelToken(progress::isCancelled);
        var seconds = new ArrayList<Double>();
        long values;
        long processor = 0;
        long estimate;
        OptionalLong memory;
        try (var watched = new AnonymousMemory();
                var trial = StepTrial.open(model, setup, runtime, device)) {
            for (int i = 0; i < WARMUP + steps; i++) {
                if (i == WARMUP) {
                    processor = processorNanos();
                }
                long start = System.nanoTime();
                trial.step(cancel);
                if (i >= WARMUP) {
                    seconds.add((System.nanoTime() - start) / 1e9);
                }
            }
            processor = processorNanos() - processor;
            values = trial.trainedValues();
            estimate = trial.estimatedBytes();
            memory = watched.growth();
        }
        var profile = StepProfile.read(onlyFile(folder), WARMUP);
        double all = seconds.stream().mapToDouble(Double::doubleValue).sum();
        seconds.sort(null);
        return new Row(
                measured,
                values,
                seconds.get(seconds.size() / 2),
                processor / 1e9 / steps,
                profile.productSeconds() / all,
                memory,
                estimate);
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private Path folder() throws ProblemException {
        try {
            return Files.createTempDirectory(temporary, "profile");
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("A temporary folder cannot be made", e.toString(), "Make room"), e);
        }
    }

    private static Path onlyFile(Path folder) throws ProblemException {
        try (var files = Files.list(folder)) {
            return files.findFirst()
                    .orElseThrow(() ->
                            new ProblemException(
                                    "ONNX Runtime wrote no profile", folder.toString(), ""));
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("A folder cannot be read", folder + ": " + e, ""), e);
        }
    }
}
