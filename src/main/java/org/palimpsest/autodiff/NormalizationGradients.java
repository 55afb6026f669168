package org.palimpsest.autodiff;

import java.util.stream.LongStream;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Value;

/// Gradients of normalisations over the last axes, and of rotary position embeddings.
///
/// With x̂ the normalised input and s the reciprocal of its deviation, y = x̂ ⊙ scale (+ bias), and v = dy ⊙ scale:
/// dx = s · (v − mean(v ⊙ x̂) · x̂) where only the scale is normalised, and − s · mean(v) besides where the mean is, too.
final class NormalizationGradients {
    private NormalizationGradients() {}

    static Value rmsInput(GraphBuilder g, NodeGradient n) {
        var statistics = Statistics.of(g, n, false);
        var v = g.mul(n.dy(), n.in(1));
        return g.mul(g.sub(v, statistics.along(g, v)), statistics.reciprocal());
    }

    static Value layerInput(GraphBuilder g, NodeGradient n) {
        var statistics = Statistics.of(g, n, true);
        var v = g.mul(n.dy(), n.in(1));
        var centred = g.sub(v, g.reduceMean(v, true, statistics.axes()));
        return g.mul(g.sub(centred, statistics.along(g, v)), statistics.reciprocal());
    }

    static Value rmsScale(GraphBuilder g, NodeGradient n) {
        return n.unbroadcast(g.mul(n.dy(), Statistics.of(g, n, false).normalized()));
    }

    static Value layerScale(GraphBuilder g, NodeGradient n) {
        return n.unbroadcast(g.mul(n.dy(), Statistics.of(g, n, true).normalized()));
    }

    private record Statistics(Value normalized, Value reciprocal, long[] axes) {

        /// Written anew for each input; ONNX Runtime makes one of what is the same.
        static Statistics of(GraphBuilder g, NodeGradient n, boolean isCentred) {
            if (n.node().outputs().size() > 1) {
                throw n.refusal("not with the statistics as outputs");
            }
            int rank = n.rank(0);
            long[] axes = LongStream.range(n.axis(-1, rank), rank).toArray();
            var x = n.in(0);
            var centred = isCentred ? g.sub(x, g.reduceMean(x, true, axes)) : x;
            var variance = g.reduceMean(g.mul(centred, centred), true, axes);
            var deviation = g.sqrt(g.add(variance, n.real("epsilon", 1e-5)));
            var reciprocal = g.reciprocal(deviation);
            return new Statistics(g.mul(centred, reciprocal), reciprocal, axes);
        }

        /// The part of v that points along x̂: mean(v ⊙ x̂) · x̂.
        Value along(GraphBuilder g, Value v) {
            return g.mul(normalized, g.reduceMean(g.mul(v, normalized), true, axes));
        }
    }

    /// A rotation's transpose is the rotation by the opposite angle.
    static Value rotary(GraphBuilder g, NodeGradient n) {
        return g.apply(
                "RotaryEmbedding",
                n.node().attributes(),
                n.dy(),
                n.in(1),
                g.neg(n.in(2)),
                n.has(3) ? n.in(3) : null);
    }
}
