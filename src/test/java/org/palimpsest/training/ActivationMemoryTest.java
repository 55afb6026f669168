package org.palimpsest.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.palimpsest.autodiff.Gradients;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.onnx.Section;
import org.palimpsest.onnx.Value;
import org.palimpsest.tensor.ElementType;

class ActivationMemoryTest {
    private static final int BYTES = 1000 * 4;

    private final GraphBuilder g = new GraphBuilder("test", OperatorForm.DIFFERENTIABLE);
    private final Value x = g.input("x", ElementType.FLOAT32, 1000);

    @Test
    void aChainNeedsAnInputAndAnOutputAtATime() {
        g.output("y", g.neg(g.neg(g.neg(g.neg(x)))));
        // Input and output of the graph are the caller's: two of those between are the most.
        assertThat(ActivationMemory.peak(g.graph())).isEqualTo(2 * BYTES);
    }

    @Test
    void whatIsReadLateIsKeptUntilThen() {
        var early = g.neg(x);
        var late = g.neg(g.neg(g.neg(early)));
        g.output("y", g.add(late, early));
        assertThat(ActivationMemory.peak(g.graph())).isEqualTo(3 * BYTES);
    }

    @Test
    void anotherShapeOfAValueTakesNothingAndKeepsIt() {
        var early = g.reshape(g.neg(x), 10, 100);
        var late = g.neg(g.neg(g.neg(early)));
        g.output("y", g.add(late, early));
        assertThat(ActivationMemory.peak(g.graph())).isEqualTo(3 * BYTES);
    }

    @Test
    void sizesThatAreNotFixedAreRefused() {
        var any = g.input("any", ElementType.FLOAT32, "batch");
        g.output("y", g.neg(g.neg(any)));
        assertThatThrownBy(() -> ActivationMemory.peak(g.graph()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no fixed size");
    }

    @Test
    void recomputingLayersLowersThePeak() {
        assertThat(layers(true)).isLessThan(layers(false) / 2);
    }

    /// Twelve layers of eight functions each.
    private static long layers(boolean recompute) {
        var graph = new GraphBuilder("layers", OperatorForm.DIFFERENTIABLE);
        var weight = graph.input("w", ElementType.FLOAT32, 1000);
        Value value = weight;
        var sections = new ArrayList<Section>();
        for (int layer = 0; layer < 12; layer++) {
            int first = graph.nodes().size();
            Value before = value;
            for (int i = 0; i < 8; i++) {
                value = graph.tanh(value);
            }
            sections.add(new Section(before, value, first, graph.nodes().size()));
        }
        var loss = graph.reduceSum(value, false, 0);
        var gradients =
                Gradients.of(
                        graph,
                        loss,
                        null,
                        java.util.List.of(weight),
                        recompute ? sections : java.util.List.of());
        graph.output("gradient", gradients.get(weight));
        return ActivationMemory.peak(graph.graph());
    }
}
