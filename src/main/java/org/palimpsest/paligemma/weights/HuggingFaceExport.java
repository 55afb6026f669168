package org.palimpsest.paligemma.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.checkpoint.SafetensorsWriter;
import org.palimpsest.checkpoint.SafetensorsWriter.Sink;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.HuggingFaceFiles;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.TensorInfo;

/// Writes a checkpoint as a Hugging Face folder: configuration, one safetensors file under the published names, tokenizer.
///
/// Element types stay as they are. A Keras preset has no image token; the folder gets one after the vocabulary's last
/// piece, and the embedding gets rows up to the next multiple of 64, as the published folders have them. The new rows are the
/// mean of the others, so their logits are the mean of all logits and never the largest.
public final class HuggingFaceExport {
    private static final int ROW_MULTIPLE = 64;
    private static final String PRESET_VOCABULARY = "assets/tokenizer/vocabulary.spm";
    private static final List<String> TOKENIZER_FILES =
            List.of(
                    "tokenizer.model",
                    "tokenizer.json",
                    "tokenizer_config.json",
                    "special_tokens_map.json",
                    "added_tokens.json");

    private final Path source;
    private final Path target;
    private final WeightChanges changes;
    private final Progress progress;

    private HuggingFaceExport(Path source, Path target, WeightChanges changes, Progress progress) {
        this.source = source;
        this.target = target;
        this.changes = changes;
        this.progress = progress;
    }

    /// Converts a Keras preset, or copies a Hugging Face folder with its shards joined and its tensors under the published names.
    ///
    /// @param target a folder that does not exist yet or is empty
    /// @throws ProblemException if the source is no such checkpoint, the target is not empty, or the conversion was cancelled
    public static void write(Path source, Path target, Progress progress) throws ProblemException {
        write(source, target, WeightChanges.NONE, progress);
    }

    /// As above, with what training changed of the weights.
    public static void write(Path source, Path target, WeightChanges changes, Progress progress)
            throws ProblemException {
        new HuggingFaceExport(source, target, changes, progress).write();
    }

    private void write() throws ProblemException {
        var config = ConfigReader.read(source);
        if (config.conventions().layout() == CheckpointLayout.ONNX) {
            throw new ProblemException(
                    "An ONNX folder cannot be converted back",
                    source.toString(),
                    "Convert the checkpoint that it was made from");
        }
        try (var checkpoint = WeightFiles.open(source, config.conventions().layout())) {
            var weights = PaliGemmaWeights.locate(checkpoint, config);
            prepareTarget();
            writeTokenizer(config);
            var exported = exportedConfig(weights.config());
            writeWeights(weights, exported);
            // Last, so that a folder that was not finished is not taken for a checkpoint.
            HuggingFaceFiles.writeConfiguration(target, exported);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder cannot be written",
                            target + ": " + e.getMessage(),
                            "Check that the folder is writable and the disk has room"),
                    e);
        }
    }

    private void prepareTarget() throws IOException, ProblemException {
        Files.createDirectories(target);
        try (var files = Files.list(target)) {
            if (files.findAny().isPresent()) {
                throw new ProblemException(
                        "The target folder is not empty",
                        target.toString(),
                        "Choose a new folder, so that nothing is overwritten");
            }
        }
    }

    private PaliGemmaConfig exportedConfig(PaliGemmaConfig config) throws ProblemException {
        HuggingFaceFiles.requireRepresentable(config, source);
        if (config.imageTokenId() != PaliGemmaConfig.NO_IMAGE_TOKEN) {
            return config;
        }
        int pieces = config.text().vocabularySize();
        int rows = Math.ceilDiv(pieces + 1, ROW_MULTIPLE) * ROW_MULTIPLE;
        return config.withVocabularySize(rows).withImageTokenId(pieces);
    }

    private void writeWeights(PaliGemmaWeights weights, PaliGemmaConfig exported)
            throws ProblemException {
        var byName = new HashMap<String, Weight>();
        var infos = new ArrayList<TensorInfo>();
        for (var weight : weights.all()) {
            var parameter = weight.parameter();
            String name = ParameterTable.huggingFaceName(parameter, exported.text().generation());
            var layout = ParameterTable.layout(parameter.role(), CheckpointLayout.HUGGING_FACE);
            var shape = ParameterTable.shape(parameter.role(), layout, exported);
            infos.add(new TensorInfo(name, weight.elementType(), shape));
            byName.put(name, weight);
        }
        var written = new long[1];
        SafetensorsWriter.write(
                target.resolve("model.safetensors"),
                infos,
                Map.of("format", "pt"),
                (info, sink) -> {
                    requireNotCancelled();
                    progress.update(
                            new ProgressUpdate(
                                    "Writing " + info.name(),
                                    (double) written[0]++ / infos.size()));
                    writeWeight(weights, requireWeight(byName, info.name()), info.shape(), sink);
                });
    }

    private static Weight requireWeight(Map<String, Weight> weights, String name) {
        var weight = weights.get(name);
        if (weight == null) {
            throw new IllegalStateException("No weight for " + name);
        }
        return weight;
    }

    private void writeWeight(
            PaliGemmaWeights weights, Weight weight, Shape exportedShape, Sink sink)
            throws ProblemException, IOException {
        try (var arena = Arena.ofConfined()) {
            var values = weights.map(weight, arena);
            if (changes.has(weight.parameter())) {
                var role = weight.parameter().role();
                var shape = HuggingFaceNames.shape(role, weights.config());
                values = ChangedWeight.of(weight, values, shape, changes, arena);
                sink.write(values.memory());
            } else {
                Transposition.write(values, weight.layout(), sink);
            }
            if (weight.parameter().role() == Role.TOKEN_EMBEDDING) {
                long added = exportedShape.size(0) - values.shape().size(0);
                if (added > 0) {
                    var row = MeanRow.of(values, arena);
                    for (long i = 0; i < added; i++) {
                        sink.write(row.memory());
                    }
                }
            }
        }
    }

    private void writeTokenizer(PaliGemmaConfig config) throws IOException, ProblemException {
        if (config.conventions().layout() == CheckpointLayout.KERAS) {
            var vocabulary = source.resolve(PRESET_VOCABULARY);
            if (!Files.exists(vocabulary)) {
                throw new ProblemException(
                        "The preset's vocabulary is missing",
                        vocabulary.toString(),
                        "Download the file into the folder");
            }
            copyContent(vocabulary, target.resolve("tokenizer.model"));
            HuggingFaceFiles.writeTokenizerDescription(target);
            return;
        }
        for (String name : TOKENIZER_FILES) {
            if (Files.exists(source.resolve(name))) {
                copyContent(source.resolve(name), target.resolve(name));
            }
        }
    }

    /// Without the source's permissions: files of a download cache are often read-only.
    private static void copyContent(Path from, Path to) throws IOException {
        try (var in = Files.newInputStream(from)) {
            Files.copy(in, to);
        }
    }

    private void requireNotCancelled() throws ProblemException {
        if (progress.isCancelled()) {
            throw new ProblemException(
                    "The conversion was cancelled",
                    target.toString(),
                    "Remove the unfinished folder before the next attempt");
        }
    }
}
