package org.palimpsest.modelstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.palimpsest.paligemma.PublishedFiles;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.weights.HuggingFaceNames;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.WeightFiles;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.tensor.ElementType;

/// What the folder of a model holds, from its configuration and the headers of its weights. Nothing is loaded, so that it takes
/// milliseconds whatever the size.
///
/// @param name the name of the folder
/// @param precision the type of the weights, such as `bfloat16`, or the dtypes of an ONNX folder's parts
/// @param parameters how many numbers the weights are
/// @param weightFiles the files of the weights that the processor takes
/// @param weightBytes their size
/// @param diskBytes the size of everything in the folder
/// @param masks whether mask tokens become masks
/// @param tokenizer the file of the tokenizer, below the folder
/// @param checkpoint tells these weights from others of the same name, as in the provenance of annotations
/// @param terms what a person agrees to before using it
/// @param texts the card and licences in the folder
public record ModelFolder(
        Path folder,
        String name,
        PaliGemmaConfig config,
        String precision,
        long parameters,
        List<Path> weightFiles,
        long weightBytes,
        long diskBytes,
        boolean masks,
        String tokenizer,
        String checkpoint,
        Optional<ModelTerms> terms,
        List<FolderText> texts) {
    private static final String MASK_FILE = "vae-oid.npz";
    private static final List<String> TOKENIZERS =
            List.of("tokenizer.json", "tokenizer.model", "assets/tokenizer/vocabulary.spm");
    private static final int MOST_FILES = 10_000;
    private static final int DEEPEST = 4;

    private record Weights(
            PaliGemmaConfig config, String precision, long parameters, List<Path> files) {}

    public ModelFolder {
        weightFiles = List.copyOf(weightFiles);
        texts = List.copyOf(texts);
    }

    /// Looks into a folder of any layout.
    ///
    /// @throws ProblemException naming the file, if it is no PaliGemma, or files are missing, cut off or do not belong together
    public static ModelFolder read(Path folder) throws ProblemException {
        PaliGemmaConfig config = ConfigReader.read(folder);
        Weights weights =
                config.conventions().layout() == CheckpointLayout.ONNX
                        ? published(folder, config)
                        : located(folder, config);
        var texts = FolderText.readAll(folder);
        return new ModelFolder(
                folder,
                String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
                weights.config(),
                weights.precision(),
                weights.parameters(),
                weights.files(),
                size(weights.files()),
                diskBytes(folder),
                Files.isRegularFile(folder.resolve(MASK_FILE)),
                tokenizer(folder),
                CheckpointHash.of(weights.files()),
                ModelTerms.of(texts, weights.config()),
                texts);
    }

    public CheckpointLayout layout() {
        return config.conventions().layout();
    }

    private static Weights located(Path folder, PaliGemmaConfig config) throws ProblemException {
        try (var checkpoint = WeightFiles.open(folder, config.conventions().layout())) {
            var weights = PaliGemmaWeights.locate(checkpoint, config);
            Map<ElementType, Long> counts = new EnumMap<>(ElementType.class);
            weights.all()
                    .forEach(weight ->
                            counts.merge(
                                    weight.elementType(),
                                    weight.shape().elementCount(),
                                    Long::sum));
            String precision =
                    counts.entrySet().stream()
                            .max(Map.Entry.comparingByValue())
                            .map(most -> most.getKey().name().toLowerCase(Locale.ROOT))
                            .orElse("");
            long parameters = counts.values().stream().mapToLong(Long::longValue).sum();
            var files = weights.all().stream().map(one -> one.stored().file()).distinct().toList();
            return new Weights(weights.config(), precision, parameters, files);
        }
    }

    private static Weights published(Path folder, PaliGemmaConfig config) throws ProblemException {
        var files = PublishedFiles.of(folder, config, new Device.Cpu(0));
        return new Weights(config, files.dtype(), parameters(config), files.files());
    }

    /// How many numbers a model of this configuration has.
    static long parameters(PaliGemmaConfig config) {
        return Parameter.all(config).stream()
                .mapToLong(one -> HuggingFaceNames.shape(one.role(), config).elementCount())
                .sum();
    }

    private static String tokenizer(Path folder) throws ProblemException {
        return TOKENIZERS.stream()
                .filter(place -> Files.isRegularFile(folder.resolve(place)))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                "The folder has no tokenizer",
                                folder + " has none of " + String.join(", ", TOKENIZERS),
                                "Take one of them from the same download as the weights"));
    }

    private static long size(List<Path> files) throws ProblemException {
        long bytes = 0;
        for (Path file : files) {
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                throw new ProblemException(
                        new Problem("A file of the model cannot be read", file + ": " + e, ""), e);
            }
        }
        return bytes;
    }

    /// Links are counted by what they lead to, as in the cache of Hugging Face's library.
    static long diskBytes(Path folder) throws ProblemException {
        try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
            return size(all.limit(MOST_FILES).filter(Files::isRegularFile).toList());
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new ProblemException(
                    new Problem("The folder cannot be listed", folder + ": " + e, ""), e);
        }
    }
}
