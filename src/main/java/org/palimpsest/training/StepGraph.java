package org.palimpsest.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.palimpsest.autodiff.Gradients;
import org.palimpsest.onnx.Graph;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.OnnxModel;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.onnx.Value;
import org.palimpsest.paligemma.graph.Adaptation;
import org.palimpsest.paligemma.graph.GraphOptions;
import org.palimpsest.paligemma.graph.LossGraph;
import org.palimpsest.paligemma.graph.WeightPlaces;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.tensor.ElementType;

/// A step of training as one graph: from a batch to its loss and the gradients of everything that is trained.
///
/// Inputs are those of [LossGraph] and `loss_factor`, which multiplies every gradient: one over the number of target tokens
/// of the whole step, times the loss scale. Outputs are `loss` and, for each trained name, `gradient.` and that name.
final class StepGraph {
    static final String LOSS_FACTOR = "loss_factor";

    private final LossGraph loss;

    private StepGraph(LossGraph loss) {
        this.loss = loss;
    }

    /// Which model is trained, and how its graph is written.
    ///
    /// @param computeType of the activations
    record Model(
            PaliGemmaWeights weights,
            WeightPlaces places,
            Adaptation adaptation,
            ElementType computeType) {

        /// The same model with all of every value.
        Model withoutDropout() {
            var terms = new LinkedHashMap<Parameter, Adaptation.LowRank>();
            adaptation
                    .terms()
                    .forEach((parameter, term) ->
                            terms.put(
                                    parameter,
                                    new Adaptation.LowRank(term.rank(), term.scaling(), 0)));
            return new Model(
                    weights, places, new Adaptation(terms, adaptation.given()), computeType);
        }

        boolean drops() {
            return adaptation.terms().values().stream().anyMatch(term -> term.dropout() > 0);
        }

        /// Memory that a session takes for weights of another type than it computes in: the processor has kernels for float32
        /// alone, so these are copied when they are loaded.
        long widenedBytes() {
            return weights.all().stream()
                    .filter(weight -> !adaptation.given().contains(weight.parameter()))
                    .filter(weight -> weight.elementType() != computeType)
                    .filter(_ -> computeType == ElementType.FLOAT32)
                    .mapToLong(weight -> weight.shape().elementCount() * Float.BYTES)
                    .sum();
        }

        LossGraph loss(LossGraph.Options options) {
            var graphOptions = new GraphOptions(OperatorForm.DIFFERENTIABLE, true, computeType);
            return LossGraph.build(weights, places, graphOptions, adaptation, options);
        }
    }

    /// @param recompute whether the layers' inner values are computed again instead of kept
    static StepGraph build(Model model, LossGraph.Options options, boolean recompute) {
        LossGraph loss = model.loss(options);
        GraphBuilder graph = loss.graph();
        Value factor = graph.input(LOSS_FACTOR, ElementType.FLOAT32);
        Map<Value, Value> gradients =
                Gradients.of(
                        graph,
                        loss.loss(),
                        factor,
                        loss.trained().values(),
                        recompute ? loss.layers() : List.of());
        // In the order of the map, in which ONNX Runtime keeps least in memory; see Gradients.
        gradients.forEach((value, gradient) -> graph.output(gradientOf(value.name()), gradient));
        return new StepGraph(loss);
    }

    static String gradientOf(String name) {
        return "gradient." + name;
    }

    Map<String, Value> trained() {
        return new TreeMap<>(loss.trained());
    }

    Graph graph() {
        return loss.graph().graph();
    }

    OnnxModel toModel() {
        return loss.graph().toModel();
    }
}
