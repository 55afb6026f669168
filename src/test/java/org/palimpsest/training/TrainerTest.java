package org.palimpsest.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.training.TrainingConfig.Recompute;
import org.palimpsest.training.TrainingEvent.CheckpointSaved;
import org.palimpsest.training.TrainingEvent.Evaluated;
import org.palimpsest.training.TrainingEvent.FinishReason;
import org.palimpsest.training.TrainingEvent.Finished;
import org.palimpsest.training.TrainingEvent.StepCompleted;
import org.palimpsest.training.data.AugmentationOptions;
import org.palimpsest.training.data.Example;
import org.palimpsest.training.lora.LoraConfig;
import org.palimpsest.training.lora.TrainedParts;
import org.palimpsest.training.optimizer.AdamWConfig;
import org.palimpsest.training.optimizer.LearningRateSchedule;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainerTest {
    private static final Path MODEL = TinyModel.REFERENCE.resolve("tiny-paligemma1");
    private static final Path SMALL = TinyModel.REFERENCE.resolve("images/small_97x61.png");
    private static final Path LARGE = TinyModel.REFERENCE.resolve("images/large_640x427.png");
    private static final TrainedParts LORA =
            new TrainedParts(
                    Optional.of(new LoraConfig(4, 8, 0.1, false)), List.of("text"), List.of());

    private OnnxRuntime runtime;
    private final List<TrainingEvent> events = new ArrayList<>();
    @TempDir private Path folder;

    @BeforeAll
    void start() throws ProblemException {
        runtime = OnnxRuntime.start();
    }

    @AfterAll
    void stop() {
        runtime.close();
    }

    @BeforeEach
    void forget() {
        events.clear();
    }

    private static List<Example> examples() {
        return List.of(
                new Example(SMALL, "detect cat", "<loc0100><loc0205><loc0711><loc0999> cat"),
                new Example(LARGE, "caption en", "a cow standing on the beach."),
                new Example(SMALL, "answer en Where is the cow standing?", "beach"),
                new Example(LARGE, "ocr", ""),
                new Example(SMALL, "caption en", "a table"));
    }

    /// Ten steps at most, three examples each in runs of two.
    private static TrainingConfig config(TrainedParts parts, double rate) {
        return new TrainingConfig(
                parts,
                AdamWConfig.STANDARD,
                new LearningRateSchedule.WarmupCosine(rate, 2, 10),
                0,
                1,
                10,
                3,
                2,
                128,
                4,
                0,
                Recompute.NEVER,
                AugmentationOptions.NONE,
                7);
    }

    private TrainingRun run(Path target, TrainingConfig config) {
        return new TrainingRun(MODEL, target, examples(), examples().subList(0, 2), config);
    }

    private Trainer.Result fit(TrainingRun run, Consumer<TrainingEvent> also, Progress progress)
            throws ProblemException {
        return Trainer.fit(
                run,
                runtime,
                new Device.Cpu(2),
                Validation.NONE,
                event -> {
                    events.add(event);
                    also.accept(event);
                },
                progress);
    }

    private Trainer.Result fit(TrainingRun run) throws ProblemException {
        return fit(run, _ -> {}, Progress.NONE);
    }

    private List<Double> losses() {
        return events.stream()
                .filter(StepCompleted.class::isInstance)
                .map(event -> ((StepCompleted) event).loss())
                .toList();
    }

    private static Map<String, List<Float>> values(Adapter adapter) {
        var values = new java.util.TreeMap<String, List<Float>>();
        adapter.terms()
                .forEach((parameter, term) -> {
                    values.put(parameter + " a", list(term.a()));
                    values.put(parameter + " b", list(term.b()));
                });
        adapter.replaced().forEach((parameter, all) -> values.put(parameter.toString(), list(all)));
        return values;
    }

    private static List<Float> list(float[] values) {
        var list = new ArrayList<Float>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    @Test
    void theLossFallsAndTheBestIsWhatTheEvaluationsSaid() throws Exception {
        var result = fit(run(folder, config(LORA, 5e-3)));
        assertThat(losses()).hasSize(10);
        assertThat(losses().getLast()).isLessThan(losses().getFirst() - 0.5);
        var evaluated =
                events.stream()
                        .filter(Evaluated.class::isInstance)
                        .map(Evaluated.class::cast)
                        .toList();
        assertThat(evaluated).extracting(Evaluated::step).containsExactly(0, 4, 8, 10);
        assertThat(evaluated).extracting(Evaluated::best).containsExactly(true, true, true, true);
        assertThat(result.finished()).isEqualTo(new Finished(10, FinishReason.COMPLETED, 10));
        assertThat(values(result.best())).isEqualTo(values(result.last()));
    }

    @Test
    void aKilledRunGoesOnToTheSameLossesAndValuesBitForBit() throws Exception {
        var whole = fit(run(folder.resolve("whole"), config(LORA, 5e-3)));
        var expected = losses();
        events.clear();
        // What a kill leaves behind is the last state that was written.
        var other = folder.resolve("killed");
        assertThatThrownBy(() ->
                        fit(
                                run(other, config(LORA, 5e-3)),
                                event -> {
                                    if (event instanceof StepCompleted(int step, _, _, _, _, _)
                                            && step == 6) {
                                        throw new IllegalStateException("killed");
                                    }
                                },
                                Progress.NONE))
                .hasMessage("killed");
        events.removeIf(event -> event instanceof StepCompleted done && done.step() > 4);
        var resumed = fit(run(other, config(LORA, 5e-3)));
        assertThat(losses()).isEqualTo(expected);
        assertThat(values(resumed.last())).isEqualTo(values(whole.last()));
        assertThat(values(resumed.best())).isEqualTo(values(whole.best()));
    }

    @Test
    void aCancelledRunKeepsEveryStepAndGoesOn() throws Exception {
        fit(run(folder.resolve("whole"), config(LORA, 5e-3)));
        var expected = losses();
        events.clear();
        var stop = new AtomicBoolean();
        var progress =
                new Progress() {
                    @Override
                    public void update(ProgressUpdate update) {}

                    @Override
                    public boolean isCancelled() {
                        return stop.get();
                    }
                };
        var other = folder.resolve("cancelled");
        var cancelled =
                fit(
                        run(other, config(LORA, 5e-3)),
                        event -> stop.set(event instanceof StepCompleted done && done.step() == 3),
                        progress);
        assertThat(cancelled.finished().reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(cancelled.finished().step()).isEqualTo(3);
        stop.set(false);
        fit(run(other, config(LORA, 5e-3)));
        assertThat(losses()).isEqualTo(expected);
    }

    @Test
    void aRunThatWasFinishedGivesItsResultAgain() throws Exception {
        var first = fit(run(folder, config(LORA, 5e-3)));
        events.clear();
        var second = fit(run(folder, config(LORA, 5e-3)));
        assertThat(losses()).isEmpty();
        assertThat(second.finished()).isEqualTo(first.finished());
        assertThat(values(second.best())).isEqualTo(values(first.best()));
    }

    @Test
    void aLossThatIsNoNumberStopsTheRunAndTheBestIsKept() throws Exception {
        var whole = new TrainedParts(Optional.empty(), List.of(), List.of("all"));
        var result = fit(run(folder, config(whole, 1e30)));
        assertThat(result.finished().reason()).isEqualTo(FinishReason.NOT_FINITE);
        assertThat(result.finished().bestStep()).isZero();
        assertThat(values(result.best()).values().stream().flatMap(List::stream))
                .allMatch(value -> Float.isFinite(value));
    }

    @Test
    void trainingEndsWhenTheEvaluationStaysAsItWas() throws Exception {
        var config = config(LORA, 1e-30);
        var patient =
                new TrainingConfig(
                        config.parts(),
                        config.optimizer(),
                        config.schedule(),
                        0,
                        1,
                        10,
                        3,
                        2,
                        128,
                        1,
                        2,
                        Recompute.ALWAYS,
                        AugmentationOptions.NONE,
                        7);
        var result = fit(run(folder, patient));
        assertThat(result.finished()).isEqualTo(new Finished(2, FinishReason.EARLY_STOPPED, 0));
        events.clear();
        assertThat(fit(run(folder, patient)).finished()).isEqualTo(result.finished());
        assertThat(losses()).isEmpty();
    }

    @Test
    void otherSettingsDoNotGoOnWithTheFoldersRun() throws Exception {
        fit(run(folder, config(LORA, 5e-3)));
        assertThatThrownBy(() -> fit(run(folder, config(LORA, 4e-3))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("other settings");
    }

    @Test
    void aDamagedStateIsRefusedAndStays() throws Exception {
        fit(run(folder, config(LORA, 5e-3)));
        var state = new RunFolder(folder).state();
        byte[] bytes = Files.readAllBytes(state);
        byte[] half = java.util.Arrays.copyOf(bytes, bytes.length / 2);
        Files.write(state, half);
        assertThatThrownBy(() -> fit(run(folder, config(LORA, 5e-3))))
                .isInstanceOf(ProblemException.class);
        assertThat(Files.readAllBytes(state)).isEqualTo(half);
    }

    @Test
    void visionAndProjectorAreTrainedFromPixels() throws Exception {
        var parts =
                new TrainedParts(
                        Optional.of(new LoraConfig(2, 4, 0, true)),
                        List.of("vision"),
                        List.of("projector"));
        var result = fit(run(folder, config(parts, 5e-3)));
        assertThat(losses().getLast()).isLessThan(losses().getFirst());
        assertThat(result.last().replaced()).hasSize(2);
    }

    @Test
    void aRunThatDoesNotFitIntoMemoryIsRefusedBeforeItStarts() {
        var huge =
                new TrainingConfig(
                        LORA,
                        AdamWConfig.STANDARD,
                        new LearningRateSchedule.Constant(1e-3, 0),
                        0,
                        1,
                        1,
                        50_000_000,
                        50_000_000,
                        128,
                        1,
                        0,
                        Recompute.AUTOMATIC,
                        AugmentationOptions.NONE,
                        0);
        assertThatThrownBy(() -> fit(run(folder, huge)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("does not fit into the memory");
        assertThat(events).isEmpty();
    }

    @Test
    void theStateIsSavedAtTheStartAndWithEveryEvaluation() throws Exception {
        fit(run(folder, config(LORA, 5e-3)));
        assertThat(
                        events.stream()
                                .filter(CheckpointSaved.class::isInstance)
                                .map(event -> ((CheckpointSaved) event).step()))
                .containsExactly(0, 4, 8, 10);
        UnaryOperator<Path> state = path -> new RunFolder(path).state();
        assertThat(state.apply(folder)).exists();
    }
}
