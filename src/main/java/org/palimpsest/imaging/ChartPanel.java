package org.palimpsest.imaging;

import java.util.List;
import org.palimpsest.geometry.Point;

/// One field of a [LineChart]: lines over the axis that all fields share.
///
/// @param title what the lines show, above the field
/// @param fromZero whether 0 belongs to the field even where no value comes near it
public record ChartPanel(String title, boolean fromZero, List<Line> lines) {

    /// How a line is drawn.
    public enum Stroke {
        /// Pale and thin: what scatters, behind the others.
        FAINT,
        SOLID,
        /// With a dot at every point: few values that were measured one by one.
        DOTTED
    }

    /// One line.
    ///
    /// @param name in the legend; a line without a name is not in it
    /// @param rgb `0xRRGGBB`
    /// @param points from left to right, in the units of the axes
    public record Line(String name, int rgb, Stroke stroke, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    public ChartPanel {
        lines = List.copyOf(lines);
    }
}
