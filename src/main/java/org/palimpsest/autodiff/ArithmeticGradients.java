package org.palimpsest.autodiff;

import org.palimpsest.onnx.Attributes;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Value;

/// Gradients of element-wise functions whose derivative takes more than a line.
final class ArithmeticGradients {
    private ArithmeticGradients() {}

    /// dx = dy · sign(x), 0 at 0.
    static Value abs(GraphBuilder g, NodeGradient n) {
        var zero = n.number(0);
        var left = g.where(g.less(n.in(0), zero), g.neg(n.dy()), zero);
        return g.where(g.greater(n.in(0), zero), n.dy(), left);
    }

    /// db = −dy · y / b
    static Value divisor(GraphBuilder g, NodeGradient n) {
        return g.neg(g.div(g.mul(n.dy(), n.y()), n.in(1)));
    }

    /// dx = dy · e · x^(e − 1)
    static Value powerBase(GraphBuilder g, NodeGradient n) {
        var exponent = g.cast(n.in(1), n.in(0).type());
        var less = g.apply("Pow", Attributes.NONE, n.in(0), g.sub(exponent, 1));
        return g.mul(n.dy(), g.mul(exponent, less));
    }

    /// de = dy · y · ln x
    static Value powerExponent(GraphBuilder g, NodeGradient n) {
        var gradient = g.mul(n.dy(), g.mul(n.y(), g.log(n.in(0))));
        return g.cast(gradient, n.in(1).type());
    }

    /// Erf'(x) = 2/√π · exp(−x²)
    static Value erf(GraphBuilder g, NodeGradient n) {
        var bell = g.exp(g.neg(g.mul(n.in(0), n.in(0))));
        return g.mul(n.dy(), g.mul(bell, 2 / Math.sqrt(Math.PI)));
    }

    /// dx = dy · (1 − y²)
    static Value tanh(GraphBuilder g, NodeGradient n) {
        return g.mul(n.dy(), g.sub(n.number(1), g.mul(n.y(), n.y())));
    }

    /// dx = dy · y · (1 − y)
    static Value sigmoid(GraphBuilder g, NodeGradient n) {
        return g.mul(n.dy(), g.mul(n.y(), g.sub(n.number(1), n.y())));
    }

    /// The chosen operand takes the whole gradient, the first of two equal ones.
    static Value chosen(GraphBuilder g, NodeGradient n, boolean largest) {
        if (n.node().inputs().size() == 1) {
            return n.dy();
        }
        if (n.node().inputs().size() != 2) {
            throw n.refusal("only of two operands");
        }
        var first = largest ? g.greaterOrEqual(n.in(0), n.in(1)) : g.lessOrEqual(n.in(0), n.in(1));
        var zero = n.number(0);
        return n.index() == 0 ? g.where(first, n.dy(), zero) : g.where(first, zero, n.dy());
    }

    /// Either form of Gelu-20, y = x · Φ(x): Φ(x) + x · Φ'(x).
    static Value gelu(GraphBuilder g, NodeGradient n) {
        var x = n.in(0);
        return n.text("approximate", "none").equals("tanh")
                ? g.mul(n.dy(), geluTanhSlope(g, x, n.y()))
                : g.mul(n.dy(), geluErfSlope(g, x));
    }

    /// Φ = (1 + erf(x/√2)) / 2, Φ' = exp(−x²/2) / √(2π)
    private static Value geluErfSlope(GraphBuilder g, Value x) {
        var phi = g.mul(g.add(g.erf(g.mul(x, Math.sqrt(0.5))), 1), 0.5);
        var bell = g.mul(g.exp(g.mul(g.mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
        return g.add(phi, g.mul(x, bell));
    }

    /// Φ = (1 + tanh(u)) / 2 with u = c·x·(1 + a·x²), which is σ(2u) for the logistic function σ. With y = x·Φ:
    /// Φ + x · σ'(2u) · 2u' = Φ + y · (1 − Φ) · 2c·(1 + 3a·x²).
    private static Value geluTanhSlope(GraphBuilder g, Value x, Value y) {
        double c = 2 * Math.sqrt(2 / Math.PI);
        double a = 0.044715;
        var square = g.mul(x, x);
        var phi = g.sigmoid(g.mul(x, g.add(g.mul(square, c * a), c)));
        var inner = g.add(g.mul(square, 3 * c * a), c);
        return g.add(phi, g.mul(g.mul(y, g.sub(g.scalar(x.type(), 1), phi)), inner));
    }
}
