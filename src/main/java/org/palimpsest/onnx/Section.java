package org.palimpsest.onnx;

/// A run of consecutive nodes that turns one value into another of the same type and shape, such as a layer.
///
/// @param firstNode the place in [GraphBuilder#nodes()] where it starts
/// @param endNode the place behind its last node
public record Section(Value input, Value output, int firstNode, int endNode) {
    public Section {
        if (firstNode < 0 || endNode < firstNode) {
            throw new IllegalArgumentException("Nodes " + firstNode + " to " + endNode);
        }
    }
}
