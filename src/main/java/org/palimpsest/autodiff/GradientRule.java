package org.palimpsest.autodiff;

import java.util.List;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Value;

/// What is known of an operator's gradient: a row of the [GradientTable].
sealed interface GradientRule {

    /// Writes the gradient of the loss by one input of a node, in the shape of that input.
    @FunctionalInterface
    interface InputGradient {
        Value write(GraphBuilder g, NodeGradient n);
    }

    /// Vector–Jacobian products: dx = dyᵀ · ∂y/∂x for each input x.
    ///
    /// @param inputs by the inputs' places; the last one serves all further inputs where `repeated`
    record Vjp(List<InputGradient> inputs, boolean repeated) implements GradientRule {
        public Vjp {
            inputs = List.copyOf(inputs);
        }

        InputGradient of(NodeGradient n) {
            int last = inputs.size() - 1;
            if (n.index() > last && !repeated) {
                throw n.refusal("no gradient by input " + n.index() + " is known");
            }
            return inputs.get(Math.min(n.index(), last));
        }
    }

    /// The output does not change with small changes of the inputs, or is no number: nothing flows back.
    record NoGradient() implements GradientRule {}

    /// There would be a gradient, but we have no rule.
    record NotDifferentiable(String reason) implements GradientRule {}
}
