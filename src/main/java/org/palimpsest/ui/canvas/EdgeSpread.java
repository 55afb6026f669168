package org.palimpsest.ui.canvas;

/// Between which pixels a model was undecided about each edge of a box.
public record EdgeSpread(Range left, Range top, Range right, Range bottom) {

    /// From one pixel to another, of the image.
    public record Range(double low, double high) {
        public Range {
            if (!(low <= high)) {
                throw new IllegalArgumentException("No range: " + low + " to " + high);
            }
        }
    }
}
