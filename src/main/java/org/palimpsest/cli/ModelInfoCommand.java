package org.palimpsest.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.palimpsest.paligemma.ModelInfo;
import org.palimpsest.paligemma.config.TextConfig;
import org.palimpsest.paligemma.config.VisionConfig;
import org.palimpsest.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Opens a model and says what it is.
@Command(
        name = "info",
        description = "Open a model and say what it is.",
        mixinStandardHelpOptions = true)
final class ModelInfoCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "The model's folder; the same as --model.")
    private @Nullable Path folder;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean asJson;

    @Mixin private ModelOptions modelOptions;

    ModelInfoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ProblemException {
        var progress = new ConsoleProgress(context.error());
        try (OpenModel open = modelOptions.openAt(folder, context, progress)) {
            progress.close();
            ModelInfo info = open.model().info();
            if (asJson) {
                context.output().println(toJson(info));
            } else {
                print(info);
            }
        } finally {
            progress.close();
        }
        context.output().flush();
        return ExitCode.SUCCESS;
    }

    private void print(ModelInfo info) {
        VisionConfig vision = info.config().vision();
        TextConfig text = info.config().text();
        line("Model", info.name());
        line("Folder", info.folder().toAbsolutePath().normalize().toString());
        info.adapter().ifPresent(adapter -> line("Adapter", adapter.name()));
        line("Layout", layout(info));
        line("Generation", generation(text));
        line(
                "Image",
                String.format(
                        Locale.ROOT,
                        "%d x %d pixels, %d tokens",
                        vision.imageSize(),
                        vision.imageSize(),
                        vision.numImageTokens()));
        line(
                "Vision",
                String.format(
                        Locale.ROOT,
                        "%d layers, %d wide, %d heads",
                        vision.numLayers(),
                        vision.hiddenDim(),
                        vision.numHeads()));
        line(
                "Text",
                String.format(
                        Locale.ROOT,
                        "%d layers, %d wide, %d query and %d key/value heads of %d, vocabulary %d",
                        text.numLayers(),
                        text.hiddenDim(),
                        text.numQueryHeads(),
                        text.numKeyValueHeads(),
                        text.headDim(),
                        text.vocabularySize()));
        if (info.parameters() > 0) {
            line("Parameters", String.format(Locale.ROOT, "%.3g million", info.parameters() / 1e6));
        }
        line(
                "Weights",
                String.format(
                        Locale.ROOT,
                        "%s, %.1f MB in %d file(s)",
                        info.dtype(),
                        info.fileBytes() / 1e6,
                        info.files().size()));
        line("Computing", info.computeType() + " on " + info.device().label());
        line(
                "Memory",
                String.format(Locale.ROOT, "about %.1f GB for the weights", memory(info) / 1e9));
        line("Masks", info.masks() ? "yes" : "no: " + info.maskNote());
        line("Loaded in", String.format(Locale.ROOT, "%.0f ms", info.loadMilliseconds()));
    }

    private void line(String name, String value) {
        context.output().printf("%-12s %s%n", name, value);
    }

    /// The weights in the type in which they are computed; ONNX files are taken as they are.
    private static double memory(ModelInfo info) {
        return switch (info.computeType()) {
            case "float32" -> 4.0 * info.parameters();
            case "float16", "bfloat16" -> 2.0 * info.parameters();
            default -> info.fileBytes();
        };
    }

    private static String layout(ModelInfo info) {
        return switch (info.layout()) {
            case HUGGING_FACE -> "Hugging Face";
            case KERAS -> "Keras preset";
            case ONNX -> "ONNX folder";
        };
    }

    private static String generation(TextConfig text) {
        return switch (text.generation()) {
            case GEMMA1 -> "PaliGemma (Gemma)";
            case GEMMA2 -> "PaliGemma 2 (Gemma 2)";
        };
    }

    private static String toJson(ModelInfo info) {
        var json = new ObjectMapper();
        VisionConfig vision = info.config().vision();
        TextConfig text = info.config().text();
        ObjectNode root = json.createObjectNode();
        root.put("name", info.name()).put("folder", info.folder().toString());
        info.adapter()
                .ifPresent(adapter ->
                        root.putObject("adapter")
                                .put("name", adapter.name())
                                .put("sha256", adapter.sha256()));
        root.put("layout", info.layout().name().toLowerCase(Locale.ROOT));
        root.put("generation", text.generation().name().toLowerCase(Locale.ROOT));
        root.put("image_size", vision.imageSize()).put("image_tokens", vision.numImageTokens());
        root.put("parameters", info.parameters()).put("dtype", info.dtype());
        root.put("compute_type", info.computeType()).put("device", info.device().label());
        root.put("file_bytes", info.fileBytes()).put("memory_bytes", Math.round(memory(info)));
        var files = root.putArray("files");
        info.files().forEach(file -> files.add(file.toString()));
        root.put("masks", info.masks()).put("load_ms", info.loadMilliseconds());
        root.putObject("vision")
                .put("layers", vision.numLayers())
                .put("hidden_dim", vision.hiddenDim())
                .put("heads", vision.numHeads());
        root.putObject("text")
                .put("layers", text.numLayers())
                .put("hidden_dim", text.hiddenDim())
                .put("query_heads", text.numQueryHeads())
                .put("key_value_heads", text.numKeyValueHeads())
                .put("head_dim", text.headDim())
                .put("vocabulary_size", text.vocabularySize());
        try {
            return json.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A model has no JSON form", e);
        }
    }
}
