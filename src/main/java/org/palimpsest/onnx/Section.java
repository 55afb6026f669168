package org.palimpsest.onnx;

/// A run of consecutive nodes of a graph under construction that turns one value into another of the same type and
/// shape, such as a transformer block.
///
/// @param firstNode the place of its first node in [GraphBuilder#nodes]
/// @param endNode the place behind its last node
public record Section(Value input, Value output, int firstNode, int endNode) {
    public Section {
        if (firstNode < 0 || endNode <= firstNode) {
            throw new IllegalArgumentException("Nodes " + firstNode + " to " + endNode);
        }
        if (input.type() != output.type() || !input.shape().equals(output.shape())) {
            throw new IllegalArgumentException(input + " and " + output + " differ in kind");
        }
    }
}
