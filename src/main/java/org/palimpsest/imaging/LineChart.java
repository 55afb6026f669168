package org.palimpsest.imaging;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ChartPanel.Stroke;

/// Draws lines over a common axis, field below field, on a light ground: a picture for a report.
public final class LineChart {
    private static final Color GROUND = new Color(0xFFFFFF);
    private static final Color GRID = new Color(0xE6E8EB);
    private static final Color AXIS = new Color(0x8A9099);
    private static final Color WORDS = new Color(0x2B2F36);
    private static final Color QUIET = new Color(0x5C636E);

    private static final int MARGIN = 16;
    private static final int TITLE = 32;
    private static final int GAP = 16;
    private static final int BELOW = 40;
    private static final int FONT = 12;

    /// Fields further up are this much as high as the last one.
    private static final double FIRST_IS_HIGHER = 1.8;

    private final Graphics2D graphics;
    private final Size size;
    private final ChartScale across;

    private LineChart(Graphics2D graphics, Size size, ChartScale across) {
        this.graphics = graphics;
        this.size = size;
        this.across = across;
    }

    /// The picture.
    ///
    /// @param panels the first is drawn higher than the others
    /// @param size before magnification
    /// @param magnification 2 for screens of high density: the same drawing with finer lines
    public static Picture draw(
            List<ChartPanel> panels, String acrossTitle, Size size, int magnification) {
        if (panels.isEmpty() || magnification < 1) {
            throw new IllegalArgumentException(panels.size() + " fields, " + magnification);
        }
        int width = Math.multiplyExact(size.width(), magnification);
        int height = Math.multiplyExact(size.height(), magnification);
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        Arrays.fill(rgb, (byte) 0xFF);
        var picture = new Picture(width, height, rgb);
        var graphics = PngWriter.image(picture).createGraphics();
        try {
            graphics.setRenderingHint(
                    RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(
                    RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setRenderingHint(
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.scale(magnification, magnification);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT));
            new LineChart(graphics, size, across(panels)).draw(panels, acrossTitle);
        } finally {
            graphics.dispose();
        }
        return picture;
    }

    private static ChartScale across(List<ChartPanel> panels) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (var panel : panels) {
            for (var line : panel.lines()) {
                for (var point : line.points()) {
                    smallest = Math.min(smallest, point.x());
                    largest = Math.max(largest, point.x());
                }
            }
        }
        return smallest <= largest
                ? ChartScale.within(smallest, largest, 8)
                : ChartScale.within(0, 1, 8);
    }

    private void draw(List<ChartPanel> panels, String acrossTitle) {
        var scales = panels.stream().map(LineChart::scale).toList();
        FontMetrics metrics = graphics.getFontMetrics();
        double left = MARGIN;
        for (var scale : scales) {
            for (double tick : scale.ticks()) {
                left = Math.max(left, MARGIN + metrics.stringWidth(scale.text(tick)) + 8);
            }
        }
        double right = size.width() - MARGIN - 6;
        double free =
                size.height() - MARGIN - BELOW - panels.size() * TITLE - (panels.size() - 1) * GAP;
        double unit = free / (FIRST_IS_HIGHER + panels.size() - 1);
        double top = MARGIN / 2.0;
        for (int i = 0; i < panels.size(); i++) {
            double height = i == 0 ? unit * FIRST_IS_HIGHER : unit;
            var field = new Rectangle2D.Double(left, top + TITLE, right - left, height);
            drawField(panels.get(i), scales.get(i), field);
            top += TITLE + height + GAP;
        }
        drawAcross(acrossTitle, left, right, top - GAP);
    }

    private static ChartScale scale(ChartPanel panel) {
        double smallest = panel.fromZero() ? 0 : Double.POSITIVE_INFINITY;
        double largest = panel.fromZero() ? 0 : Double.NEGATIVE_INFINITY;
        for (var line : panel.lines()) {
            for (var point : line.points()) {
                smallest = Math.min(smallest, point.y());
                largest = Math.max(largest, point.y());
            }
        }
        return smallest <= largest
                ? ChartScale.around(smallest, largest, 6)
                : ChartScale.around(0, 1, 6);
    }

    private void drawField(ChartPanel panel, ChartScale scale, Rectangle2D field) {
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.setStroke(new BasicStroke(1));
        for (double tick : scale.ticks()) {
            double y = Math.rint(field.getMaxY() - scale.share(tick) * field.getHeight()) + 0.5;
            graphics.setColor(GRID);
            graphics.draw(new Line2D.Double(field.getMinX(), y, field.getMaxX(), y));
            graphics.setColor(QUIET);
            String text = scale.text(tick);
            graphics.drawString(
                    text,
                    (float) (field.getMinX() - 8 - metrics.stringWidth(text)),
                    (float) (y + metrics.getAscent() / 2.0 - 1.5));
        }
        for (double tick : across.ticks()) {
            double x = x(tick, field);
            graphics.setColor(GRID);
            graphics.draw(new Line2D.Double(x, field.getMinY(), x, field.getMaxY()));
        }
        var clip = graphics.getClip();
        graphics.clip(
                new Rectangle2D.Double(
                        field.getX() - 5,
                        field.getY() - 5,
                        field.getWidth() + 10,
                        field.getHeight() + 10));
        for (var line : panel.lines()) {
            drawLine(line, scale, field);
        }
        graphics.setClip(clip);
        graphics.setColor(AXIS);
        graphics.setStroke(new BasicStroke(1));
        double bottom = Math.rint(field.getMaxY()) + 0.5;
        graphics.draw(new Line2D.Double(field.getMinX(), bottom, field.getMaxX(), bottom));
        drawHead(panel, field);
    }

    /// The title at the left, the legend at the right of the same line.
    private void drawHead(ChartPanel panel, Rectangle2D field) {
        float baseline = (float) (field.getMinY() - 13);
        Font plain = graphics.getFont();
        graphics.setFont(plain.deriveFont(Font.BOLD));
        graphics.setColor(WORDS);
        graphics.drawString(panel.title(), MARGIN, baseline);
        graphics.setFont(plain);
        FontMetrics metrics = graphics.getFontMetrics();
        double right = field.getMaxX();
        for (var line : panel.lines().reversed()) {
            if (line.name().isEmpty()) {
                continue;
            }
            right -= metrics.stringWidth(line.name());
            graphics.setColor(QUIET);
            graphics.drawString(line.name(), (float) right, baseline);
            double middle = baseline - metrics.getAscent() / 2.0 + 1.5;
            graphics.setColor(color(line));
            graphics.setStroke(stroke(line.stroke()));
            graphics.draw(new Line2D.Double(right - 26, middle, right - 6, middle));
            if (line.stroke() == Stroke.DOTTED) {
                dot(right - 16, middle);
            }
            right -= 44;
        }
    }

    private void drawAcross(String title, double left, double right, double bottom) {
        FontMetrics metrics = graphics.getFontMetrics();
        var field = new Rectangle2D.Double(left, bottom, right - left, 0);
        graphics.setColor(QUIET);
        for (double tick : across.ticks()) {
            String text = across.text(tick);
            graphics.drawString(
                    text,
                    (float) (x(tick, field) - metrics.stringWidth(text) / 2.0),
                    (float) (bottom + metrics.getAscent() + 5));
        }
        graphics.drawString(
                title,
                (float) ((left + right - metrics.stringWidth(title)) / 2),
                (float) (bottom + 2.0 * metrics.getAscent() + 11));
    }

    private double x(double value, Rectangle2D field) {
        return Math.rint(field.getMinX() + across.share(value) * field.getWidth()) + 0.5;
    }

    private void drawLine(ChartPanel.Line line, ChartScale scale, Rectangle2D field) {
        var path = new Path2D.Double();
        var places = new ArrayList<Point>();
        for (var point : line.points()) {
            double x = field.getMinX() + across.share(point.x()) * field.getWidth();
            double y = field.getMaxY() - scale.share(point.y()) * field.getHeight();
            if (places.isEmpty()) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
            places.add(new Point(x, y));
        }
        graphics.setColor(color(line));
        graphics.setStroke(stroke(line.stroke()));
        if (places.size() > 1) {
            graphics.draw(path);
        }
        if (line.stroke() == Stroke.DOTTED || places.size() == 1) {
            places.forEach(place -> dot(place.x(), place.y()));
        }
    }

    private void dot(double x, double y) {
        graphics.fill(new Ellipse2D.Double(x - 3, y - 3, 6, 6));
    }

    private static Color color(ChartPanel.Line line) {
        var color = new Color(line.rgb());
        return line.stroke() == Stroke.FAINT ? mix(color, GROUND, 0.62) : color;
    }

    private static Color mix(Color one, Color other, double share) {
        return new Color(
                (int) Math.rint(one.getRed() + (other.getRed() - one.getRed()) * share),
                (int) Math.rint(one.getGreen() + (other.getGreen() - one.getGreen()) * share),
                (int) Math.rint(one.getBlue() + (other.getBlue() - one.getBlue()) * share));
    }

    private static BasicStroke stroke(Stroke stroke) {
        float width =
                switch (stroke) {
                    case FAINT -> 1f;
                    case SOLID -> 2f;
                    case DOTTED -> 1.6f;
                };
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
}
