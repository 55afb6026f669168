package org.palimpsest.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.paligemma.adapter.PeftFolder;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.WeightFiles;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.training.TrainingConfig.Recompute;
import org.palimpsest.training.data.AugmentationOptions;
import org.palimpsest.training.data.Example;
import org.palimpsest.training.lora.LoraConfig;
import org.palimpsest.training.lora.TrainedParts;
import org.palimpsest.training.optimizer.AdamWConfig;
import org.palimpsest.training.optimizer.LearningRateSchedule;

class LearntFilesTest {
    private static final Path MODEL = TinyModel.REFERENCE.resolve("tiny-paligemma2");
    private static final Path IMAGE = TinyModel.REFERENCE.resolve("images/small_97x61.png");

    @TempDir private Path folder;

    private Trainer.Result fit(TrainingRun run) throws ProblemException {
        try (var runtime = OnnxRuntime.start()) {
            return Trainer.fit(
                    run, runtime, new Device.Cpu(2), Validation.NONE, _ -> {}, Progress.NONE);
        }
    }

    private TrainingRun run(TrainedParts parts) {
        var config =
                new TrainingConfig(
                        parts,
                        AdamWConfig.STANDARD,
                        new LearningRateSchedule.Constant(1e-3, 0),
                        0,
                        1,
                        2,
                        1,
                        1,
                        64,
                        1,
                        0,
                        Recompute.NEVER,
                        AugmentationOptions.NONE,
                        3);
        var examples = List.of(new Example(IMAGE, "caption en", "a table"));
        return new TrainingRun(MODEL, folder.resolve("out"), examples, examples, config);
    }

    @Test
    void termsAreAPeftFolderWithTheFilesThatOnnxRuntimeSwitches() throws Exception {
        var lora = Optional.of(new LoraConfig(2, 4, 0, true));
        var run = run(new TrainedParts(lora, List.of("text"), List.of("projector")));
        var fitted = fit(run);
        var result = new Trainer.Result(fitted.best(), other(fitted.last()), fitted.finished());
        assertThat(LearntFiles.write(run, result, "base", Progress.NONE)).isEqualTo(run.folder());
        var config = ConfigReader.read(MODEL);
        assertSame(PeftFolder.read(run.folder(), config), result.best());
        assertSame(PeftFolder.read(run.folder().resolve("last"), config), result.last());
        assertThat(run.folder().resolve("decoder.onnx_adapter")).isNotEmptyFile();
        assertThat(run.folder().resolve("vision_encoder.onnx_adapter")).isNotEmptyFile();
    }

    /// The same terms with other values.
    private static Adapter other(Adapter adapter) {
        var terms = new LinkedHashMap<Parameter, Adapter.Term>();
        adapter.terms()
                .forEach((parameter, term) -> {
                    float[] a = term.a().clone();
                    a[0] += 1;
                    terms.put(
                            parameter,
                            new Adapter.Term(
                                    term.rank(), term.alpha(), term.rankStabilised(), a, term.b()));
                });
        return new Adapter(terms, adapter.replaced());
    }

    private static void assertSame(Adapter actual, Adapter expected) {
        assertThat(actual.terms().keySet()).isEqualTo(expected.terms().keySet());
        expected.terms()
                .forEach((parameter, term) -> {
                    var read = actual.terms().get(parameter);
                    assertThat(read.a()).containsExactly(term.a());
                    assertThat(read.b()).containsExactly(term.b());
                    assertThat(read.scaling()).isEqualTo(term.scaling());
                });
        assertThat(actual.replaced().keySet()).isEqualTo(expected.replaced().keySet());
        expected.replaced()
                .forEach((parameter, values) ->
                        assertThat(actual.replaced().get(parameter)).containsExactly(values));
    }

    @Test
    void wholeWeightsAreAModelOfTheirOwnThatIsReplacedByTheNextRun() throws Exception {
        var run = run(new TrainedParts(Optional.empty(), List.of(), List.of("all")));
        var result = fit(run);
        for (int time = 0; time < 2; time++) {
            var model = LearntFiles.write(run, result, "base", Progress.NONE);
            assertThat(model).isEqualTo(run.folder().resolve("model"));
            var config = ConfigReader.read(model);
            try (var checkpoint = WeightFiles.open(model, config.conventions().layout());
                    var arena = java.lang.foreign.Arena.ofConfined()) {
                var weights = PaliGemmaWeights.locate(checkpoint, config);
                for (Parameter parameter : Parameter.all(config)) {
                    assertThat(weights.map(weights.get(parameter), arena).toFloats())
                            .as(parameter.toString())
                            .containsExactly(result.best().replaced().get(parameter));
                }
            }
        }
        assertThat(Files.exists(run.folder().resolve(PeftFolder.CONFIG_FILE))).isFalse();
    }
}
