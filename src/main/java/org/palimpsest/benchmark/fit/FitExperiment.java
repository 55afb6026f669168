package org.palimpsest.benchmark.fit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.palimpsest.batch.fit.AdaptableModel;
import org.palimpsest.batch.fit.Fitting;
import org.palimpsest.batch.fit.FittingSettings;
import org.palimpsest.format.scenes.Scene;
import org.palimpsest.format.scenes.SceneFolder;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.LearntFiles;
import org.palimpsest.training.TrainingEvent;
import org.palimpsest.training.TrainingRun;
import org.palimpsest.training.Validation;
import org.palimpsest.training.data.Example;

/// Teaches a model from 25, 50, 100 and 200 corrected scenes what it has never seen, and asks it before and after about
/// scenes that it was not taught: with the new things, and as it knew them before.
///
/// The scenes are drawn by `src/demo-model/scenes.py`; a folder holds `train`, `test` and `old`, the first two with
/// `--new-shape` and `--new-color`. Where there is a folder `known`, drawn without these and with a seed of its own, its
/// scenes are rehearsed: learnt along with the new ones, which are repeated until both are about as many. What is not
/// rehearsed is forgotten.
public final class FitExperiment {
    /// How many scenes are taught, one experiment each.
    public static final List<Integer> COUNTS = List.of(25, 50, 100, 200);

    private final SceneFolder train;
    private final SceneFolder test;
    private final SceneFolder old;
    private final List<Scene> known;
    private final SceneExamples examples;

    private FitExperiment(SceneFolder train, SceneFolder test, SceneFolder old, List<Scene> known) {
        this.known = known;
        this.train = train;
        this.test = test;
        this.old = old;
        this.examples = SceneExamples.of(train, test, old);
    }

    /// What one experiment found.
    ///
    /// @param scenes how many were taught; 0 for the model as it is
    /// @param held scores on held-out scenes with the new things
    /// @param known scores on held-out scenes without them
    public record Row(
            int scenes,
            int examples,
            FitScores held,
            FitScores known,
            int steps,
            double seconds,
            OptionalLong peakBytes,
            long trainedValues) {}

    /// All experiments.
    ///
    /// @param newLabels what the model has never seen
    public record Report(List<String> newLabels, List<String> newColors, List<Row> rows) {}

    /// The model that is asked and taught.
    ///
    /// @param folder its files
    /// @param temporary for runs, deleted by the caller
    /// @param peakMemory the most memory so far, and reset
    public record Subject(
            PaliGemma model,
            AdaptableModel.AdapterSwitch adapters,
            AdaptableModel.ModelFolders others,
            Path folder,
            Path temporary,
            PeakMemory peakMemory) {}

    /// Measures memory.
    public interface PeakMemory {
        void forget();

        OptionalLong bytes();
    }

    /// Reads the scenes of a folder with `train`, `test` and `old`, and `known` if it is there.
    public static FitExperiment read(Path folder) throws ProblemException {
        Path known = folder.resolve("known");
        return new FitExperiment(
                SceneFolder.read(folder.resolve("train")),
                SceneFolder.read(folder.resolve("test")),
                SceneFolder.read(folder.resolve("old")),
                Files.isDirectory(known) ? SceneFolder.read(known).scenes() : List.of());
    }

    /// Runs the experiments.
    ///
    /// @param counts how many scenes are taught
    /// @throws ProblemException if training or asking fails, or is cancelled
    public Report run(
            Subject subject,
            List<Integer> counts,
            FittingSettings settings,
            Fitting.Training training,
            Progress progress)
            throws ProblemException {
        var rows = new ArrayList<Row>();
        progress.message("Asking the model as it is");
        subject.adapters().use(Optional.empty());
        rows.add(row(subject, 0, 0, Taught.NOTHING, progress));
        for (int count : counts) {
            if (count <= train.scenes().size()) {
                var scenes = train.scenes().subList(0, count);
                var lessons = examples.examples(withRehearsal(scenes));
                var taught = teach(subject, count, lessons, settings, training, progress);
                rows.add(row(subject, count, lessons.size(), taught, progress));
            }
        }
        return new Report(
                List.copyOf(examples.newLabels()), List.copyOf(examples.newColors()), rows);
    }

    private List<Scene> withRehearsal(List<Scene> scenes) {
        var all = new ArrayList<>(known);
        int times = Math.max(1, known.size() / scenes.size());
        for (int i = 0; i < times; i++) {
            all.addAll(scenes);
        }
        return all;
    }

    /// @param own the folder of a model of its own, where the adapter cannot be switched on beside the open one
    private record Taught(
            int steps, double seconds, OptionalLong peakBytes, long values, Optional<Path> own) {
        static final Taught NOTHING = new Taught(0, 0, OptionalLong.empty(), 0, Optional.empty());
    }

    private Taught teach(
            Subject subject,
            int count,
            List<Example> lessons,
            FittingSettings settings,
            Fitting.Training training,
            Progress progress)
            throws ProblemException {
        subject.adapters().use(Optional.empty());
        var run =
                new TrainingRun(
                        subject.folder(),
                        subject.temporary().resolve("run-" + count),
                        lessons,
                        List.of(),
                        settings.config(lessons.size(), true));
        long[] values = {0};
        double[] seconds = {0};
        subject.peakMemory().forget();
        var result =
                training.fit(
                        run,
                        Validation.NONE,
                        event -> {
                            switch (event) {
                                case TrainingEvent.Started started ->
                                        values[0] = started.trainedValues();
                                case TrainingEvent.StepCompleted step ->
                                        seconds[0] +=
                                                run.config().batch() / step.examplesPerSecond();
                                case TrainingEvent.Evaluated _,
                                        TrainingEvent.CheckpointSaved _,
                                        TrainingEvent.Finished _ -> {}
                            }
                        },
                        progress);
        progress.throwIfCancelled("The benchmark was cancelled");
        var peak = subject.peakMemory().bytes();
        Optional<Path> own = Optional.empty();
        if (LearntFiles.isSwitchable(result.last())) {
            subject.adapters().use(Optional.of(result.last()));
        } else {
            own = Optional.of(LearntFiles.write(run, result, "", progress));
        }
        return new Taught(result.finished().step(), seconds[0], peak, values[0], own);
    }

    private Row row(Subject subject, int count, int lessons, Taught taught, Progress progress)
            throws ProblemException {
        if (taught.own().isEmpty()) {
            return row(subject.model(), count, lessons, taught, progress);
        }
        try (var own = subject.others().open(taught.own().get())) {
            return row(own, count, lessons, taught, progress);
        }
    }

    private Row row(PaliGemma model, int count, int lessons, Taught taught, Progress progress)
            throws ProblemException {
        List<Scene> held = test.scenes();
        var heldQuiz = new SceneQuiz(examples, examples.labels());
        // Asked for the labels that they have, as before the new ones came.
        var oldQuiz = new SceneQuiz(examples, old.labels());
        return new Row(
                count,
                lessons,
                heldQuiz.ask(model, held, progress),
                oldQuiz.ask(model, old.scenes(), progress),
                taught.steps(),
                taught.seconds(),
                taught.peakBytes(),
                taught.values());
    }
}
