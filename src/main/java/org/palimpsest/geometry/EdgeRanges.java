package org.palimpsest.geometry;

/// How sure a box is of its place: for each of its edges the range that it lies in, in pixels.
public record EdgeRanges(Range left, Range top, Range right, Range bottom) {

    /// Where one edge lies.
    ///
    /// @param low nine times in ten it lies above this
    /// @param likeliest where it lies most probably
    /// @param high nine times in ten it lies below this
    public record Range(double low, double likeliest, double high) {
        public Range {
            if (!(low <= high)
                    || !Double.isFinite(low)
                    || !Double.isFinite(likeliest)
                    || !Double.isFinite(high)) {
                throw new IllegalArgumentException(
                        "No range: " + low + " to " + high + ", likeliest " + likeliest);
            }
        }

        public double width() {
            return high - low;
        }

        private Range translate(double by) {
            return new Range(low + by, likeliest + by, high + by);
        }
    }

    /// The same beside a box that was moved.
    public EdgeRanges translate(double dx, double dy) {
        return new EdgeRanges(
                left.translate(dx), top.translate(dy), right.translate(dx), bottom.translate(dy));
    }

    /// The width of the widest range.
    public double widest() {
        return Math.max(
                Math.max(left.width(), right.width()), Math.max(top.width(), bottom.width()));
    }
}
