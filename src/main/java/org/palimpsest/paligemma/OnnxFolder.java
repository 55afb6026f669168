package org.palimpsest.paligemma;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.DtypeChoice.Part;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.generation.PublishedLanguageModel;
import org.palimpsest.paligemma.generation.VisionEncoder;
import org.palimpsest.paligemma.graph.DecoderEdit;
import org.palimpsest.paligemma.graph.PublishedGraph;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.ModelSession;
import org.palimpsest.runtime.ModelSource;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.runtime.SessionSettings;

/// A published ONNX folder: `onnx/embed_tokens*.onnx`, `vision_encoder*.onnx`, `decoder_model_merged*.onnx`.
///
/// Without a wish the most exact files are taken that suit the device: a processor multiplies half-precision matrices only
/// after widening them, so there quantised decoders come before fp16.
final class OnnxFolder {
    private static final List<String> EXACT_FIRST =
            List.of(
                    "fp32", "fp16", "q4", "q4f16", "int8", "q8", "uint8", "bnb4", "q2", "q2f16",
                    "q1", "q1f16");
    private static final List<String> DECODER_ON_CPU =
            List.of(
                    "fp32", "q4", "int8", "q8", "uint8", "q4f16", "fp16", "bnb4", "q2", "q2f16",
                    "q1", "q1f16");

    private final Path folder;
    private final PaliGemmaConfig config;

    OnnxFolder(Path folder, PaliGemmaConfig config) {
        this.folder = folder;
        this.config = config;
    }

    LoadedModel open(OnnxRuntime runtime, Device device, OpenOptions options, Progress progress)
            throws ProblemException {
        Map<Part, String> dtypes = choose(options.dtype(), device);
        var settings = SessionSettings.on(device).withGpuMemoryLimit(options.gpuMemoryLimit());
        var opened = new ArrayList<ModelSession>();
        try {
            progress.update(new ProgressUpdate("Loading the vision encoder", 0.1));
            opened.add(open(runtime, Part.VISION_ENCODER, dtypes, settings));
            var vision = new VisionEncoder(opened.getFirst());
            progress.update(new ProgressUpdate("Loading the token embeddings", 0.2));
            opened.add(open(runtime, Part.EMBED_TOKENS, dtypes, settings));
            progress.update(new ProgressUpdate("Loading the decoder", 0.4));
            PublishedGraph graph = PublishedGraph.read(file(Part.DECODER, dtypes));
            boolean lastRowOnly = false;
            if (options.editGraphs()) {
                var edit = DecoderEdit.of(graph.model(), device instanceof Device.Cpu);
                graph = graph.with(edit.model());
                lastRowOnly = edit.lastRowOnly();
            }
            opened.add(runtime.open(graph.toSource(), settings));
            var language =
                    new PublishedLanguageModel(
                            opened.get(1),
                            opened.get(2),
                            lastRowOnly,
                            !graph.quantisesBatchesTogether());
            return new LoadedModel(
                    config,
                    vision,
                    language,
                    Math.sqrt(config.text().hiddenDim()),
                    describe(dtypes),
                    "as published",
                    0,
                    files(dtypes),
                    Optional.empty());
        } catch (ProblemException | RuntimeException e) {
            opened.forEach(ModelSession::close);
            throw e;
        }
    }

    private ModelSession open(
            OnnxRuntime runtime, Part part, Map<Part, String> dtypes, SessionSettings settings)
            throws ProblemException {
        Path file = file(part, dtypes);
        // Links are followed by us, because ONNX Runtime does not let them lead out of the folder.
        ModelSource source =
                Files.isSymbolicLink(file)
                        ? PublishedGraph.read(file).toSource()
                        : new ModelSource.InFile(file);
        return runtime.open(source, settings);
    }

    private Path file(Part part, Map<Part, String> dtypes) {
        return file(part, dtypes.getOrDefault(part, "fp32"));
    }

    private Path file(Part part, String dtype) {
        return folder.resolve("onnx")
                .resolve(part.fileName() + DtypeChoice.ending(dtype) + ".onnx");
    }

    PublishedFiles files(DtypeChoice wanted, Device device) throws ProblemException {
        Map<Part, String> dtypes = choose(wanted, device);
        return new PublishedFiles(describe(dtypes), files(dtypes));
    }

    private List<Path> files(Map<Part, String> dtypes) throws ProblemException {
        var files = new ArrayList<Path>();
        for (Part part : Part.values()) {
            files.addAll(filesOf(file(part, dtypes)));
        }
        return files;
    }

    /// The dtype of each part.
    ///
    /// @throws ProblemException naming what is there, if a file that is wanted is missing
    Map<Part, String> choose(DtypeChoice wanted, Device device) throws ProblemException {
        var chosen = new EnumMap<Part, String>(Part.class);
        for (Part part : Part.values()) {
            List<String> available =
                    EXACT_FIRST.stream()
                            .filter(dtype -> Files.isRegularFile(file(part, dtype)))
                            .toList();
            Optional<String> wish = wanted.of(part);
            if (wish.isPresent() && !available.contains(wish.get())) {
                throw missing(part, file(part, wish.get()), available);
            }
            boolean slowHalves = part == Part.DECODER && device instanceof Device.Cpu;
            chosen.put(
                    part,
                    wish.or(() ->
                                    (slowHalves ? DECODER_ON_CPU : EXACT_FIRST)
                                            .stream().filter(available::contains).findFirst())
                            .orElseThrow(() -> missing(part, file(part, "fp32"), available)));
        }
        return chosen;
    }

    private static ProblemException missing(Part part, Path file, List<String> available) {
        return new ProblemException(
                "A file of this ONNX folder is missing",
                file
                        + ", found "
                        + (available.isEmpty()
                                ? "no " + part.fileName()
                                : "dtype " + String.join(", ", available)),
                available.isEmpty()
                        ? "Download the folder again"
                        : "Choose a dtype that is there, for each part:"
                                + " embed_tokens=fp16,vision_encoder=fp16,decoder_model_merged=q4");
    }

    /// The graph and its external data.
    private static List<Path> filesOf(Path graph) throws ProblemException {
        String name = String.valueOf(graph.getFileName());
        Path parent = graph.getParent();
        if (parent == null) {
            return List.of(graph);
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(
                            file -> {
                                String other = String.valueOf(file.getFileName());
                                return other.equals(name) || other.startsWith(name + "_data");
                            })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("The folder cannot be listed", parent + ": " + e, ""), e);
        }
    }

    private static String describe(Map<Part, String> dtypes) {
        var names = dtypes.values().stream().distinct().toList();
        if (names.size() == 1) {
            return names.getFirst();
        }
        var text = new StringBuilder();
        dtypes.forEach((part, dtype) ->
                text.append(text.isEmpty() ? "" : ", ")
                        .append(part.fileName())
                        .append(' ')
                        .append(dtype));
        return text.toString();
    }
}
