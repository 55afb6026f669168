package org.palimpsest.ui.canvas;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import org.palimpsest.geometry.Box;
import org.palimpsest.ui.support.Fonts;
import org.palimpsest.ui.support.Numbers;

/// Draws the tag of an object: its label on its colour, and the model's score. Long labels are shortened.
///
/// Confined to the JavaFX thread.
final class TagPainter {
    private static final double FONT = 12;
    private static final double HEIGHT = 18;
    private static final double PADDING = 5;
    private static final double LOCK = 11;
    private static final double WIDEST = 240;
    private static final double NARROWEST_CUT = 72;
    private static final int MOST_WIDTHS = 4096;

    private double scale = 1;
    private Font font = font(1);
    private final Text measure = new Text();
    private final Map<String, Double> widths = new HashMap<>();

    TagPainter() {
        measure.setFont(font);
    }

    private static Font font(double scale) {
        return Font.font(Fonts.now(), FontWeight.SEMI_BOLD, FONT * scale);
    }

    /// Draws tags so many times their usual size from now on.
    void setScale(double times) {
        scale = times;
        font = font(times);
        measure.setFont(font);
        widths.clear();
    }

    /// A tag where it will be.
    ///
    /// @param figures the score; may be empty
    /// @param locked whether it bears a lock
    record Tag(String words, String figures, boolean locked, double x, double y, double width) {}

    /// The tag of an object: on the upper edge of its bounds, or inside of them where it would leave the canvas.
    Tag tag(String label, OptionalDouble score, boolean locked, Box bounds, Frame frame) {
        var figures = score.isPresent() ? Numbers.fixed(score.getAsDouble(), 2) : "";
        double beside =
                (figures.isEmpty() ? 0 : width(figures) + PADDING * scale)
                        + (locked ? LOCK * scale : 0);
        double shapeWidth = bounds.width() * frame.zoom();
        double room =
                Math.clamp(
                        shapeWidth - 2 * PADDING * scale - beside,
                        NARROWEST_CUT * scale,
                        WIDEST * scale);
        var words = shorten(label, room);
        double y = frame.y(bounds.yMin());
        double top = y - HEIGHT * scale - 1;
        if (top < 0 && y > -HEIGHT * scale) {
            top = Math.max(0, y + 1);
        }
        return new Tag(
                words,
                figures,
                locked,
                Math.rint(frame.x(bounds.xMin()) - 1),
                Math.rint(top),
                width(words) + beside + 2 * PADDING * scale);
    }

    double height() {
        return HEIGHT * scale;
    }

    void paint(GraphicsContext gc, Tag tag, Color color) {
        gc.setFill(color);
        gc.fillRoundRect(tag.x(), tag.y(), tag.width(), HEIGHT * scale, 5 * scale, 5 * scale);
        gc.setFont(font);
        gc.setTextBaseline(VPos.CENTER);
        var ink = ink(color);
        gc.setFill(ink);
        double left = tag.x() + PADDING * scale;
        double middle = tag.y() + HEIGHT * scale / 2;
        if (tag.locked()) {
            gc.fillRect(left, middle - scale, 7 * scale, 5 * scale);
            gc.setStroke(ink);
            gc.setLineWidth(1.2 * scale);
            gc.strokeRect(left + 1.6 * scale, middle - 4.5 * scale, 3.8 * scale, 4 * scale);
            left += LOCK * scale;
        }
        gc.fillText(tag.words(), left, middle);
        if (!tag.figures().isEmpty()) {
            gc.fillText(
                    tag.figures(),
                    tag.x() + tag.width() - width(tag.figures()) - PADDING * scale,
                    middle);
        }
    }

    /// Draws a dark tag, as for the size of a box that is being drawn.
    void paintPlain(GraphicsContext gc, String words, double x, double y) {
        gc.setFill(Color.color(0.1, 0.11, 0.13, 0.85));
        gc.fillRoundRect(
                x, y, width(words) + 2 * PADDING * scale, HEIGHT * scale, 5 * scale, 5 * scale);
        gc.setFont(font);
        gc.setTextBaseline(VPos.CENTER);
        gc.setFill(Color.WHITE);
        gc.fillText(words, x + PADDING * scale, y + HEIGHT * scale / 2);
    }

    /// Black or white, whichever contrasts more with the colour (WCAG 2 relative luminance).
    static Color ink(Color color) {
        double luminance =
                0.2126 * linear(color.getRed())
                        + 0.7152 * linear(color.getGreen())
                        + 0.0722 * linear(color.getBlue());
        return luminance > 0.179 ? Color.web("#101418") : Color.WHITE;
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }

    private String shorten(String label, double room) {
        if (width(label) <= room) {
            return label;
        }
        int kept = label.length();
        while (kept > 1 && width(label.substring(0, kept) + "…") > room) {
            kept--;
        }
        return label.substring(0, kept).stripTrailing() + "…";
    }

    private double width(String words) {
        if (widths.size() > MOST_WIDTHS) {
            widths.clear();
        }
        return widths.computeIfAbsent(
                words,
                text -> {
                    measure.setText(text);
                    return measure.getLayoutBounds().getWidth();
                });
    }
}
