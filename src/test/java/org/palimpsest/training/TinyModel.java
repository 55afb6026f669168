package org.palimpsest.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.palimpsest.checkpoint.Checkpoint;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.paligemma.config.ChangedWindow;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.graph.Adaptation;
import org.palimpsest.paligemma.graph.Adaptation.LowRank;
import org.palimpsest.paligemma.graph.WeightPlaces;
import org.palimpsest.paligemma.image.ImagePreprocessor;
import org.palimpsest.paligemma.token.PromptTokens;
import org.palimpsest.paligemma.token.Tokenizers;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.WeightFiles;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.training.data.BatchArrays;
import org.palimpsest.training.data.EncodedExample;
import org.palimpsest.training.data.Example;
import org.palimpsest.training.data.ExampleEncoder;

/// A checkpoint of the reference data with random weights, and examples for it.
final class TinyModel implements AutoCloseable {
    static final Path REFERENCE = Path.of("src/test/resources/reference");

    private final Checkpoint checkpoint;
    private final PaliGemmaWeights weights;
    private final Path folder;

    private TinyModel(Checkpoint checkpoint, PaliGemmaWeights weights, Path folder) {
        this.checkpoint = checkpoint;
        this.weights = weights;
        this.folder = folder;
    }

    static TinyModel open(String name, boolean window) throws ProblemException {
        var folder = REFERENCE.resolve(name);
        var config = ConfigReader.read(folder);
        var used = window ? config : ChangedWindow.none(config);
        var checkpoint = WeightFiles.open(folder, config.conventions().layout());
        return new TinyModel(checkpoint, PaliGemmaWeights.locate(checkpoint, used), folder);
    }

    PaliGemmaWeights weights() {
        return weights;
    }

    PaliGemmaConfig config() {
        return weights.config();
    }

    Path folder() {
        return folder;
    }

    /// @param dtype of the activations
    StepGraph.Model graph(Adaptation adaptation, ElementType dtype) {
        return new StepGraph.Model(
                weights,
                WeightPlaces.inPlace(WeightPlaces.commonFolder(weights)),
                adaptation,
                dtype);
    }

    /// Everything that passes is trained.
    Adaptation whole(Predicate<Parameter> trained) {
        Set<Parameter> given = new LinkedHashSet<>();
        Parameter.all(config()).stream().filter(trained).forEach(given::add);
        return new Adaptation(new LinkedHashMap<>(), given);
    }

    /// Terms beside the seven matrices of each layer of the decoder.
    Adaptation lora(int rank, double scaling, double dropout) {
        var terms = new LinkedHashMap<Parameter, LowRank>();
        for (var parameter : Parameter.all(config())) {
            if (parameter.role().name().matches("(Q|K|V|O|GATE|UP|DOWN)_PROJ")) {
                terms.put(parameter, new LowRank(rank, scaling, dropout));
            }
        }
        return new Adaptation(terms, Set.of());
    }

    List<EncodedExample> encode(List<Example> examples) throws ProblemException {
        try (var tokenizer = Tokenizers.open(folder)) {
            var encoder = new ExampleEncoder(new PromptTokens(tokenizer, config()), 512);
            return examples.stream().map(encoder::encode).toList();
        }
    }

    BatchTensors batch(List<EncodedExample> examples, ElementType dtype, long seed)
            throws ProblemException {
        var preprocessor = ImagePreprocessor.of(config());
        var pixels = new ArrayList<float[]>();
        for (var example : examples) {
            pixels.add(preprocessor.toPixelValues(ImageFiles.read(example.example().image())));
        }
        return new BatchTensors(BatchArrays.of(examples, config()), dtype, seed)
                .withPixels(pixels, config().vision().imageSize());
    }

    @Override
    public void close() throws ProblemException {
        checkpoint.close();
    }
}
