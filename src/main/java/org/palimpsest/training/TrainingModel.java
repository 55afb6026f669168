package org.palimpsest.training;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.checkpoint.Checkpoint;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.graph.Adaptation;
import org.palimpsest.paligemma.graph.WeightPlaces;
import org.palimpsest.paligemma.token.Tokenizer;
import org.palimpsest.paligemma.token.Tokenizers;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.WeightFiles;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.training.lora.LoraConfig;
import org.palimpsest.training.lora.LoraStart;
import org.palimpsest.training.lora.ParameterPattern;
import org.palimpsest.training.lora.TrainedParts;
import org.palimpsest.training.optimizer.FlatParameters;

/// A checkpoint that is trained: its weights where they lie, and what of it is to change.
///
/// Closing it closes the files. Not thread-safe.
final class TrainingModel implements AutoCloseable {
    private final Checkpoint checkpoint;
    private final PaliGemmaWeights weights;
    private final Tokenizer tokenizer;
    private final Adaptation adaptation;

    private TrainingModel(
            Checkpoint checkpoint,
            PaliGemmaWeights weights,
            Tokenizer tokenizer,
            Adaptation adaptation) {
        this.checkpoint = checkpoint;
        this.weights = weights;
        this.tokenizer = tokenizer;
        this.adaptation = adaptation;
    }

    /// @throws ProblemException if the folder is no checkpoint that can be trained, or a trained part names nothing in it
    static TrainingModel open(Path folder, TrainedParts parts) throws ProblemException {
        var config = ConfigReader.read(folder);
        if (config.conventions().layout() == CheckpointLayout.ONNX) {
            throw new ProblemException(
                    "An ONNX folder cannot be fine-tuned",
                    folder.toString(),
                    "Choose the checkpoint that it was made from: a Hugging Face folder or a Keras preset");
        }
        var checkpoint = WeightFiles.open(folder, config.conventions().layout());
        try {
            var weights = PaliGemmaWeights.locate(checkpoint, config);
            var adaptation = ParameterPattern.adaptation(parts, weights);
            var tokenizer = Tokenizers.open(folder);
            try {
                tokenizer.requireFits(weights.config().text().vocabularySize());
                return new TrainingModel(checkpoint, weights, tokenizer, adaptation);
            } catch (ProblemException e) {
                tokenizer.close();
                throw e;
            }
        } catch (ProblemException | RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    PaliGemmaConfig config() {
        return weights.config();
    }

    PaliGemmaWeights weights() {
        return weights;
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    Adaptation adaptation() {
        return adaptation;
    }

    /// Whether anything before the decoder changes; if not, the features of an image stay as they are.
    boolean trainsVision() {
        var changed = new ArrayList<Parameter>(adaptation.given());
        changed.addAll(adaptation.terms().keySet());
        return changed.stream().anyMatch(parameter -> parameter.role().isOfVision());
    }

    /// The processor has kernels for float32 alone. On a GPU half precision is several times as fast; what needs range (norms,
    /// the loss, trained values, their means) stays in float32.
    StepGraph.Model graphModel(Device device) {
        boolean half =
                device instanceof Device.Cuda
                        && weights.all().stream()
                                .anyMatch(each -> each.elementType() != ElementType.FLOAT32);
        return new StepGraph.Model(
                weights,
                WeightPlaces.inPlace(WeightPlaces.commonFolder(weights)),
                adaptation,
                half ? ElementType.FLOAT16 : ElementType.FLOAT32);
    }

    /// Everything that is trained, at its start values.
    FlatParameters startValues(boolean decaysVectors, long seed) throws ProblemException {
        var parameters = new ArrayList<FlatParameters.Parameter>();
        adaptation
                .terms()
                .forEach((parameter, term) -> {
                    long[] shape = matrix(parameter);
                    parameters.add(
                            new FlatParameters.Parameter(
                                    Adaptation.a(parameter),
                                    Shape.of(term.rank(), shape[1]),
                                    true));
                    parameters.add(
                            new FlatParameters.Parameter(
                                    Adaptation.b(parameter),
                                    Shape.of(shape[0], term.rank()),
                                    true));
                });
        for (var parameter : adaptation.given()) {
            var shape = weights.get(parameter).shape();
            boolean decays = decaysVectors || shape.rank() > 1;
            parameters.add(
                    new FlatParameters.Parameter(Adaptation.weight(parameter), shape, decays));
        }
        var flat = new FlatParameters(parameters);
        for (var term : adaptation.terms().entrySet()) {
            long in = matrix(term.getKey())[1];
            String a = Adaptation.a(term.getKey());
            flat.set(a, LoraStart.a(a, term.getValue().rank(), Math.toIntExact(in), seed));
        }
        for (var parameter : adaptation.given()) {
            try (var arena = Arena.ofConfined()) {
                var values = weights.map(weights.get(parameter), arena);
                flat.set(Adaptation.weight(parameter), values.toFloats());
            }
        }
        return flat;
    }

    /// Rows and columns of a matrix as Hugging Face has it: out, in.
    private long[] matrix(Parameter parameter) {
        return weights.huggingFaceShape(parameter).toArray();
    }

    /// What was learnt, as an adapter.
    ///
    /// @param values of every trained name
    Adapter adapter(Map<String, float[]> values, Optional<LoraConfig> lora) {
        var terms = new LinkedHashMap<Parameter, Adapter.Term>();
        adaptation
                .terms()
                .forEach((parameter, term) ->
                        terms.put(
                                parameter,
                                new Adapter.Term(
                                        term.rank(),
                                        lora.orElseThrow().alpha(),
                                        lora.orElseThrow().rankStabilised(),
                                        required(values, Adaptation.a(parameter)),
                                        required(values, Adaptation.b(parameter)))));
        var replaced = new LinkedHashMap<Parameter, float[]>();
        for (var parameter : adaptation.given()) {
            float[] own = required(values, Adaptation.weight(parameter));
            replaced.put(parameter, weights.inHuggingFaceLayout(parameter, own));
        }
        return new Adapter(terms, replaced);
    }

    private static float[] required(Map<String, float[]> values, String name) {
        float[] own = values.get(name);
        if (own == null) {
            throw new IllegalArgumentException("No values of " + name);
        }
        return own;
    }

    @Override
    public void close() {
        tokenizer.close();
        checkpoint.close();
    }
}
