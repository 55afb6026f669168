package org.palimpsest.paligemma;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.palimpsest.checkpoint.Checkpoint;
import org.palimpsest.checkpoint.KerasCheckpoint;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.onnx.OnnxModel;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.generation.GraphLanguageModel;
import org.palimpsest.paligemma.generation.LanguageModel;
import org.palimpsest.paligemma.generation.VisionEncoder;
import org.palimpsest.paligemma.graph.Adaptation;
import org.palimpsest.paligemma.graph.DecoderGraph;
import org.palimpsest.paligemma.graph.GraphOptions;
import org.palimpsest.paligemma.graph.VisionGraph;
import org.palimpsest.paligemma.graph.WeightPlaces;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.AvailableMemory;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.ModelSession;
import org.palimpsest.runtime.ModelSource;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.runtime.SessionSettings;
import org.palimpsest.tensor.ElementType;

/// The sessions of an open model, whatever files it came from. Not thread-safe.
///
/// @param featureScale what image features are multiplied by to be as the projector gives them
/// @param dtype for the person
/// @param parameters numbers in the weights, 0 where unknown
/// @param files the weights' files
/// @param adapters what switches adapters; empty where the graphs have no place for any
record LoadedModel(
        PaliGemmaConfig config,
        VisionEncoder vision,
        LanguageModel language,
        double featureScale,
        String dtype,
        String computeType,
        long parameters,
        List<Path> files,
        Optional<AdapterSwitch> adapters)
        implements AutoCloseable {

    /// Opens a folder of any layout.
    ///
    /// @throws ProblemException if it is no PaliGemma, is damaged, or does not fit into memory
    static LoadedModel open(
            Path folder, OnnxRuntime runtime, Device device, OpenOptions options, Progress progress)
            throws ProblemException {
        PaliGemmaConfig config = ConfigReader.read(folder);
        if (config.conventions().layout() == CheckpointLayout.ONNX) {
            return new OnnxFolder(folder, config).open(runtime, device, options, progress);
        }
        try (Checkpoint checkpoint = openCheckpoint(folder, config.conventions().layout())) {
            progress.message("Checking the weights");
            var weights = PaliGemmaWeights.locate(checkpoint, config);
            return open(weights, runtime, device, options, progress);
        }
    }

    private static Checkpoint openCheckpoint(Path folder, CheckpointLayout layout)
            throws ProblemException {
        return switch (layout) {
            case HUGGING_FACE -> SafetensorsCheckpoint.open(folder);
            case KERAS -> KerasCheckpoint.open(folder);
            case ONNX -> throw new IllegalArgumentException(layout + " " + folder);
        };
    }

    /// Opens located weights; the sessions keep the files themselves, so the checkpoint may be closed.
    static LoadedModel open(
            PaliGemmaWeights weights,
            OnnxRuntime runtime,
            Device device,
            OpenOptions options,
            Progress progress)
            throws ProblemException {
        var config = weights.config();
        var stored = weights.get(Role.TOKEN_EMBEDDING).elementType();
        var compute =
                switch (device) {
                    case Device.Cpu _ -> ElementType.FLOAT32;
                    case Device.Cuda _ -> stored;
                };
        var graphOptions =
                new GraphOptions(options.operatorForm(), device instanceof Device.Cpu, compute);
        AvailableMemory.require(
                "Widening the weights to " + name(compute), widenedBytes(weights, compute));
        Path root = WeightPlaces.commonFolder(weights);
        var places = WeightPlaces.inPlace(root);
        // Prepacking would copy every matrix; the weights are used where the file is mapped.
        var settings =
                SessionSettings.on(device)
                        .withPrepacking(false)
                        .withGpuMemoryLimit(options.gpuMemoryLimit());
        progress.update(new ProgressUpdate("Loading the vision encoder", 0.1));
        var adaptation = options.adaptable() ? Adaptation.anyOf(weights) : Adaptation.NONE;
        var visionGraph = VisionGraph.build(weights, places, graphOptions, adaptation, false);
        ModelSession encoder = open(runtime, "vision_encoder", visionGraph, root, settings);
        var vision = new VisionEncoder(encoder);
        try {
            progress.update(new ProgressUpdate("Loading the language model", 0.3));
            var decoderGraph = DecoderGraph.cached(weights, places, graphOptions, adaptation);
            ModelSession decoder = open(runtime, "decoder", decoderGraph, root, settings);
            boolean keras = config.conventions().layout() == CheckpointLayout.KERAS;
            var language = new GraphLanguageModel(decoder, config.text(), keras ? 0 : 1);
            return new LoadedModel(
                    config,
                    vision,
                    language,
                    1,
                    name(stored),
                    name(compute),
                    parameters(weights),
                    files(weights),
                    options.adaptable()
                            ? Optional.of(new AdapterSwitch(weights, encoder, decoder))
                            : Optional.empty());
        } catch (ProblemException | RuntimeException e) {
            vision.close();
            throw e;
        }
    }

    /// Memory for weights that are not used as they lie in the file.
    private static long widenedBytes(PaliGemmaWeights weights, ElementType compute) {
        return weights.all().stream()
                .filter(weight -> weight.elementType() != compute)
                .mapToLong(weight -> weight.shape().elementCount() * compute.byteSize())
                .sum();
    }

    private static ModelSession open(
            OnnxRuntime runtime, String name, OnnxModel graph, Path root, SessionSettings settings)
            throws ProblemException {
        var source = new ModelSource.InMemory(name, graph.toBytes(), Optional.of(root));
        return runtime.open(source, settings);
    }

    ModelInfo info(Path folder, Device device, String maskNote, double loadMilliseconds)
            throws ProblemException {
        long bytes = 0;
        for (Path file : files) {
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                throw new ProblemException(
                        new Problem("A file of the model cannot be read", file + ": " + e, ""), e);
            }
        }
        return new ModelInfo(
                String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
                folder,
                config.conventions().layout(),
                config,
                device,
                dtype,
                computeType,
                parameters,
                files,
                bytes,
                maskNote.isEmpty(),
                maskNote,
                loadMilliseconds,
                Optional.empty());
    }

    static String name(ElementType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static long parameters(PaliGemmaWeights weights) {
        return weights.all().stream().mapToLong(weight -> weight.shape().elementCount()).sum();
    }

    private static List<Path> files(PaliGemmaWeights weights) {
        return new ArrayList<>(
                weights.all().stream().map(weight -> weight.stored().file()).distinct().toList());
    }

    @Override
    public void close() {
        vision.close();
        language.close();
        adapters.ifPresent(AdapterSwitch::close);
    }
}
