package org.palimpsest.batch.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.batch.BundledModel;
import org.palimpsest.format.scenes.SceneFolder;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.Trainer;
import org.palimpsest.training.TrainingConfig;
import org.palimpsest.training.TrainingEvent;
import org.palimpsest.training.TrainingEvent.FinishReason;
import org.palimpsest.training.TrainingRun;
import org.palimpsest.training.Validation;
import org.palimpsest.training.data.AugmentationOptions;
import org.palimpsest.training.data.Example;
import org.palimpsest.training.lora.LoraConfig;
import org.palimpsest.training.lora.TrainedParts;
import org.palimpsest.training.optimizer.AdamWConfig;
import org.palimpsest.training.optimizer.LearningRateSchedule;
import org.palimpsest.training.report.DataFacts;
import org.palimpsest.training.report.EventLog;

/// A fitting around a trainer that learns nothing: what is asked, in which order, and what is left in the folder.
class FittingTest {

    @TempDir private Path folder;

    private static BundledModel bundled;

    @BeforeAll
    static void openModel() throws ProblemException {
        bundled = BundledModel.open();
    }

    @AfterAll
    static void closeModel() {
        bundled.close();
    }

    /// A term of zeros.
    private static Adapter nothing() {
        var matrix =
                Parameter.all(bundled.model().config()).stream()
                        .filter(parameter -> parameter.role() == Role.Q_PROJ)
                        .findFirst()
                        .orElseThrow();
        int width = bundled.model().config().text().hiddenDim();
        int out =
                bundled.model().config().text().numQueryHeads()
                        * bundled.model().config().text().headDim();
        var term = new Adapter.Term(1, 1, false, new float[width], new float[out]);
        return new Adapter(Map.of(matrix, term), Map.of());
    }

    private static List<Example> examples() throws ProblemException {
        var scenes = SceneFolder.read(Installation.locate().samples()).scenes().subList(0, 3);
        var examples = new ArrayList<Example>();
        for (var scene : scenes) {
            for (var text : scene.texts().subList(0, 2)) {
                examples.add(new Example(scene.image(), text.prompt(), text.text()));
            }
        }
        return examples;
    }

    private TrainingRun run(List<Example> validation) throws ProblemException {
        var config =
                new TrainingConfig(
                        new TrainedParts(
                                Optional.of(LoraConfig.STANDARD), List.of("text"), List.of()),
                        AdamWConfig.STANDARD,
                        new LearningRateSchedule.Constant(1e-3, 0),
                        0,
                        1,
                        2,
                        2,
                        1,
                        64,
                        1,
                        0,
                        TrainingConfig.Recompute.AUTOMATIC,
                        AugmentationOptions.NONE,
                        0);
        return new TrainingRun(
                Path.of("model"), folder.resolve("adapter"), examples(), validation, config);
    }

    private Fitting.Plan plan(Optional<AdaptableModel> asked) throws ProblemException {
        var run = run(asked.isPresent() ? examples() : List.of());
        var origin =
                new DataFacts.Origin("some.jsonl", "all of it", Map.of("caption", 6), List.of());
        return new Fitting.Plan(
                run,
                DataFacts.of(origin, run.training(), run.validation(), Progress.NONE),
                "google/paligemma-3b-pt-224",
                asked);
    }

    private static AdaptableModel asked(List<String> asked) throws ProblemException {
        var judge = new ExampleJudge(examples(), 64, 2);
        return new AdaptableModel(
                bundled.model(),
                adapter -> asked.add(adapter.isPresent() ? "adapted" : "bare"),
                _ -> {
                    throw new IllegalStateException("No model of its own here");
                },
                judge.limited(2),
                judge);
    }

    /// Two steps with an evaluation.
    private static Fitting.Training training(FinishReason reason) {
        return (run, validation, listener, progress) -> {
            listener.accept(new TrainingEvent.Started(0, 2, 6, 6, 1234, 99, false));
            listener.accept(new TrainingEvent.StepCompleted(1, 2, 1, 1e-3, 5, 1));
            var scores = validation.score(nothing(), progress);
            listener.accept(new TrainingEvent.Evaluated(1, 1.5, scores.metrics(), true));
            listener.accept(new TrainingEvent.StepCompleted(2, 1, 1, 1e-3, 5, 0));
            var finished = new TrainingEvent.Finished(2, reason, 1);
            listener.accept(finished);
            return new Trainer.Result(nothing(), nothing(), finished);
        };
    }

    @Test
    void theModelIsAskedBeforeBetweenAndAfter() throws ProblemException, IOException {
        var asked = new ArrayList<String>();
        var heard = new ArrayList<TrainingEvent>();
        var outcome =
                Fitting.run(
                        plan(Optional.of(asked(asked))),
                        training(FinishReason.COMPLETED),
                        (run, _, _, _) -> {
                            asked.add("written");
                            return run.folder();
                        },
                        heard::add,
                        Progress.NONE);
        assertThat(asked).containsExactly("bare", "adapted", "written", "adapted");
        var both = outcome.comparison().orElseThrow();
        assertThat(both.before()).isEqualTo(both.after());
        assertThat(both.before().get(ExampleJudge.EXACT)).isBetween(0.3, 1.0);
        Path adapter = folder.resolve("adapter");
        assertThat(EventLog.read(adapter)).isEqualTo(heard);
        assertThat(Files.size(adapter.resolve("curves.png"))).isGreaterThan(1000);
        assertThat(Files.readString(adapter.resolve("README.md")))
                .startsWith("---\nbase_model: \"google/paligemma-3b-pt-224\"\nlibrary_name: peft\n")
                .contains("![Loss and learning rate over the steps](curves.png)")
                .contains("| exact answers | ")
                .contains("| of these `caption` | 6 |")
                .contains("PeftModel.from_pretrained(base, \"adapter\")");
    }

    @Test
    void aStoppedFittingKeepsWhatThereIsAndAsksNoMore() throws ProblemException {
        var asked = new ArrayList<String>();
        var outcome =
                Fitting.run(
                        plan(Optional.of(asked(asked))),
                        training(FinishReason.CANCELLED),
                        (run, _, _, _) -> {
                            asked.add("written");
                            return run.folder();
                        },
                        _ -> {},
                        Progress.NONE);
        assertThat(asked).containsExactly("bare", "adapted", "written");
        assertThat(outcome.comparison()).isEmpty();
        assertThat(folder.resolve("adapter/README.md"))
                .content()
                .contains("stopped before its end");
    }

    @Test
    void withoutAModelToAskOnlyTheLossIsKnown() throws ProblemException {
        var scores = new ArrayList<Validation.Scores>();
        Fitting.Training training =
                (run, validation, listener, progress) -> {
                    scores.add(validation.score(nothing(), progress));
                    return training(FinishReason.COMPLETED)
                            .fit(run, validation, listener, progress);
                };
        var outcome =
                Fitting.run(
                        plan(Optional.empty()),
                        training,
                        (run, _, _, _) -> run.folder(),
                        _ -> {},
                        Progress.NONE);
        assertThat(scores.getFirst().metrics()).isEmpty();
        assertThat(outcome.comparison()).isEmpty();
        assertThat(outcome.trainedValues()).isEqualTo(1234);
    }

    @Test
    void eventsThatCannotBeWrittenStopTheTraining() throws ProblemException, IOException {
        // A full disk, as Linux plays it.
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));
        Path adapter = Files.createDirectory(folder.resolve("adapter"));
        Files.createSymbolicLink(adapter.resolve(EventLog.FILE), full);
        var wasCancelled = new ArrayList<Boolean>();
        Fitting.Training training =
                (run, validation, listener, progress) -> {
                    listener.accept(new TrainingEvent.Started(0, 2, 6, 6, 1, 1, false));
                    wasCancelled.add(progress.isCancelled());
                    var finished = new TrainingEvent.Finished(0, FinishReason.CANCELLED, 0);
                    return new Trainer.Result(nothing(), nothing(), finished);
                };
        var plan = plan(Optional.empty());
        assertThatThrownBy(() ->
                        Fitting.run(
                                plan,
                                training,
                                (run, _, _, _) -> run.folder(),
                                _ -> {},
                                Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("events of the run cannot be written");
        assertThat(wasCancelled).containsExactly(true);
    }

    @Test
    void cancellingReachesTheTraining() throws ProblemException {
        var progress =
                new Progress() {
                    @Override
                    public void update(ProgressUpdate update) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        var seen = new ArrayList<Boolean>();
        Fitting.Training training =
                (run, validation, listener, watched) -> {
                    seen.add(watched.isCancelled());
                    return training(FinishReason.CANCELLED).fit(run, validation, listener, watched);
                };
        Fitting.run(
                plan(Optional.empty()),
                training,
                (run, _, _, _) -> run.folder(),
                _ -> {},
                progress);
        assertThat(seen).containsExactly(true);
    }
}
