package org.palimpsest.onnx;

import org.jspecify.annotations.Nullable;
import org.palimpsest.tensor.ElementType;

/// Element by element: sums, products, functions, comparisons and logic. Operands of two shapes are broadcast.
public sealed interface ArithmeticOperations extends Operations permits GraphBuilder {

    default Value add(Value a, Value b) {
        return apply("Add", Attributes.NONE, a, b);
    }

    default Value add(Value a, double b) {
        return add(a, scalar(a.type(), b));
    }

    default Value sub(Value a, Value b) {
        return apply("Sub", Attributes.NONE, a, b);
    }

    default Value sub(Value a, double b) {
        return sub(a, scalar(a.type(), b));
    }

    default Value mul(Value a, Value b) {
        return apply("Mul", Attributes.NONE, a, b);
    }

    default Value mul(Value a, double b) {
        return mul(a, scalar(a.type(), b));
    }

    default Value div(Value a, Value b) {
        return apply("Div", Attributes.NONE, a, b);
    }

    default Value div(Value a, double b) {
        return div(a, scalar(a.type(), b));
    }

    default Value mod(Value a, Value b) {
        return apply("Mod", Attributes.NONE, a, b);
    }

    default Value neg(Value x) {
        return apply("Neg", Attributes.NONE, x);
    }

    default Value abs(Value x) {
        return apply("Abs", Attributes.NONE, x);
    }

    default Value reciprocal(Value x) {
        return apply("Reciprocal", Attributes.NONE, x);
    }

    default Value sqrt(Value x) {
        return apply("Sqrt", Attributes.NONE, x);
    }

    default Value pow(Value x, double exponent) {
        return apply("Pow", Attributes.NONE, x, scalar(x.type(), exponent));
    }

    default Value exp(Value x) {
        return apply("Exp", Attributes.NONE, x);
    }

    default Value log(Value x) {
        return apply("Log", Attributes.NONE, x);
    }

    default Value erf(Value x) {
        return apply("Erf", Attributes.NONE, x);
    }

    default Value tanh(Value x) {
        return apply("Tanh", Attributes.NONE, x);
    }

    default Value sigmoid(Value x) {
        return apply("Sigmoid", Attributes.NONE, x);
    }

    default Value relu(Value x) {
        return apply("Relu", Attributes.NONE, x);
    }

    default Value cos(Value x) {
        return apply("Cos", Attributes.NONE, x);
    }

    default Value sin(Value x) {
        return apply("Sin", Attributes.NONE, x);
    }

    default Value floor(Value x) {
        return apply("Floor", Attributes.NONE, x);
    }

    /// To the nearest whole number, halves to the even one.
    default Value round(Value x) {
        return apply("Round", Attributes.NONE, x);
    }

    default Value min(Value a, Value b) {
        return apply("Min", Attributes.NONE, a, b);
    }

    default Value max(Value a, Value b) {
        return apply("Max", Attributes.NONE, a, b);
    }

    default Value clip(Value x, @Nullable Value least, @Nullable Value most) {
        return apply("Clip", Attributes.NONE, x, least, most);
    }

    default Value equal(Value a, Value b) {
        return apply("Equal", Attributes.NONE, a, b);
    }

    default Value less(Value a, Value b) {
        return apply("Less", Attributes.NONE, a, b);
    }

    default Value lessOrEqual(Value a, Value b) {
        return apply("LessOrEqual", Attributes.NONE, a, b);
    }

    default Value greater(Value a, Value b) {
        return apply("Greater", Attributes.NONE, a, b);
    }

    default Value greaterOrEqual(Value a, Value b) {
        return apply("GreaterOrEqual", Attributes.NONE, a, b);
    }

    default Value and(Value a, Value b) {
        return apply("And", Attributes.NONE, a, b);
    }

    default Value or(Value a, Value b) {
        return apply("Or", Attributes.NONE, a, b);
    }

    default Value not(Value x) {
        return apply("Not", Attributes.NONE, x);
    }

    /// a where the condition holds, else b.
    default Value where(Value condition, Value a, Value b) {
        return apply("Where", Attributes.NONE, condition, a, b);
    }

    /// The value in another element type; the value itself where it has that type.
    default Value cast(Value x, ElementType type) {
        return x.type() == type ? x : apply("Cast", Attributes.NONE.with("to", type), x);
    }

    default Value identity(Value x) {
        return apply("Identity", Attributes.NONE, x);
    }
}
