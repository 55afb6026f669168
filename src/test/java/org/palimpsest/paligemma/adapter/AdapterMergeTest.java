package org.palimpsest.paligemma.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.weights.HuggingFaceNames;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.paligemma.weights.WeightFiles;
import org.palimpsest.problem.ProblemException;

class AdapterMergeTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final Path TINY = REFERENCE.resolve("tiny-paligemma1");
    private static final Parameter UP = Parameter.layer(1, Role.UP_PROJ);

    @TempDir Path folder;

    private static Adapter upProjection(float value) {
        var a = new float[48];
        var b = new float[96];
        a[5] = value;
        b[7] = 1;
        return new Adapter(Map.of(UP, new Adapter.Term(1, 1, false, a, b)), Map.of());
    }

    private static Map<Parameter, float[]> weights(Path model) throws Exception {
        var config = ConfigReader.read(model);
        var values = new LinkedHashMap<Parameter, float[]>();
        try (var checkpoint = WeightFiles.open(model, config.conventions().layout());
                var arena = Arena.ofConfined()) {
            var located = PaliGemmaWeights.locate(checkpoint, config);
            for (var weight : located.all()) {
                values.put(weight.parameter(), located.map(weight, arena).toFloats());
            }
        }
        return values;
    }

    @Test
    void onlyTheEntriesThatATermReachesChange() throws Exception {
        AdapterMerge.write(TINY, upProjection(0.25f), folder.resolve("out"), Progress.NONE);
        var before = weights(TINY);
        before.get(UP)[7 * 48 + 5] += 0.25f;
        assertThat(weights(folder.resolve("out"))).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void sumsAreRoundedToTheNearestBfloat16() throws Exception {
        Path base = REFERENCE.resolve("tiny-paligemma2-bf16-sharded");
        var config = ConfigReader.read(base);
        int in = config.text().hiddenDim();
        int out = config.text().intermediateDim();
        double added = 1.0 / 77;
        var term = new Adapter.Term(1, added, false, ones(in), ones(out));
        Path merged = folder.resolve("merged");
        AdapterMerge.write(base, new Adapter(Map.of(UP, term), Map.of()), merged, Progress.NONE);
        float[] before = weights(base).get(UP);
        float[] after = weights(merged).get(UP);
        for (int i = 0; i < before.length; i++) {
            float sum = (float) (before[i] + added);
            // A bfloat16 has 16 bits less, so the nearest one is at most half of their range away.
            assertThat((double) Math.abs(after[i] - sum))
                    .as(before[i] + " plus " + added)
                    .isLessThanOrEqualTo(Math.ulp(sum) * 32768.0);
        }
        try (var checkpoint = SafetensorsCheckpoint.open(merged)) {
            assertThat(checkpoint.tensors())
                    .allMatch(tensor -> tensor.info().elementType().byteSize() == 2);
        }
    }

    private static float[] ones(int count) {
        var ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void everyParameterCanBeReplaced() throws Exception {
        PaliGemmaConfig config = ConfigReader.read(TINY);
        var wanted = new HashMap<Parameter, float[]>();
        for (Parameter parameter : Parameter.all(config)) {
            var values =
                    new float
                            [(int) HuggingFaceNames.shape(parameter.role(), config).elementCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.cos(i + parameter.hashCode() % 100);
            }
            wanted.put(parameter, values);
        }
        AdapterMerge.write(
                TINY, new Adapter(Map.of(), wanted), folder.resolve("out"), Progress.NONE);
        assertThat(weights(folder.resolve("out"))).usingRecursiveComparison().isEqualTo(wanted);
    }

    @Test
    void aKerasPresetIsMergedTheOtherWayRound() throws Exception {
        Path preset = REFERENCE.resolve("keras-preset/pali_gemma1");
        var a = new float[32];
        var b = new float[64];
        a[5] = 0.25f;
        b[7] = 1;
        var adapter = new Adapter(Map.of(UP, new Adapter.Term(1, 1, false, a, b)), Map.of());
        AdapterMerge.write(preset, adapter, folder.resolve("out"), Progress.NONE);
        float[] before = weights(preset).get(UP); // [in, out]
        float[] merged = weights(folder.resolve("out")).get(UP); // [out, in]
        assertThat(merged[7 * 32 + 5]).isEqualTo(before[5 * 64 + 7] + 0.25f);
        assertThat(merged[5 * 32 + 7]).isEqualTo(before[7 * 64 + 5]);
    }

    @Test
    void masksComeAlong() throws Exception {
        Path base = folder.resolve("base");
        copyTiny(base);
        Files.writeString(base.resolve("vae-oid.npz"), "masks");
        AdapterMerge.write(base, upProjection(1), folder.resolve("out"), Progress.NONE);
        assertThat(folder.resolve("out/vae-oid.npz")).hasContent("masks");
        assertThat(folder.resolve("out/tokenizer.json")).exists();
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
    }

    @Test
    void nothingIsLeftOfAMergeThatWasCancelled() {
        var cancelled =
                new Progress() {
                    private int updates;

                    @Override
                    public void update(ProgressUpdate update) {
                        updates++;
                    }

                    @Override
                    public boolean isCancelled() {
                        return updates > 5;
                    }
                };
        assertThatThrownBy(() ->
                        AdapterMerge.write(TINY, upProjection(1), folder.resolve("out"), cancelled))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cancelled");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderWithFilesAndAnOnnxFolderAreRefused() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "");
        assertThatThrownBy(() -> AdapterMerge.write(TINY, upProjection(1), folder, Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(() ->
                        AdapterMerge.write(
                                REFERENCE.resolve("onnx-layout"),
                                upProjection(1),
                                folder.resolve("out"),
                                Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("ONNX");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void valuesThatTheElementTypeCannotHoldAreNamed() {
        assertThatThrownBy(() ->
                        AdapterMerge.write(
                                TINY,
                                upProjection(Float.POSITIVE_INFINITY),
                                folder.resolve("out"),
                                Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("UP_PROJ of layer 1");
    }

    private static void copyTiny(Path target) throws IOException {
        Files.createDirectories(target);
        try (var files = Files.list(TINY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }
}
