package org.palimpsest.ui.canvas;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Size;
import org.palimpsest.ui.canvas.tool.Preview;
import org.palimpsest.ui.support.Texts;

/// Draws what a gesture shows: what is being drawn, what can be taken hold of, lines it snaps to, the brush, figures.
///
/// Confined to the JavaFX thread.
final class PreviewPainter {
    static final Color ACCENT = Color.web("#0969da");

    private static final Color HALO = Color.color(1, 1, 1, 0.9);
    private static final Color GUIDE = Color.web("#e0218a");
    private static final Color ERASING = Color.web("#d1242f");
    private static final double GRIP = 8;
    private static final double NOTE_DISTANCE = 14;

    private final GraphicsContext gc;
    private final LivePainter live;
    private final TagPainter tags;
    private Frame frame = Frame.of(Viewport.IDENTITY, 1, 1, 1, true);

    PreviewPainter(GraphicsContext gc, LivePainter live, TagPainter tags) {
        this.gc = gc;
        this.live = live;
        this.tags = tags;
    }

    void paint(Preview preview, Frame newFrame, Size image) {
        frame = newFrame;
        preview.drawn()
                .ifPresent(region -> live.paintSelected(region, region.bounds(), ACCENT, false));
        if (preview.path().size() > 1) {
            line(preview, HALO, 4);
            line(preview, ACCENT, 2);
        }
        preview.frame().ifPresent(this::paintFrame);
        preview.brush().ifPresent(this::paintBrush);
        for (var guide : preview.guides()) {
            gc.setStroke(GUIDE);
            gc.setLineWidth(1);
            gc.strokeLine(
                    frame.x(guide.from().x()),
                    frame.y(guide.from().y()),
                    frame.x(guide.to().x()),
                    frame.y(guide.to().y()));
        }
        preview.grips().forEach(this::paintGrip);
        preview.note().ifPresent(note -> paintNote(preview, note, image));
    }

    private void line(Preview preview, Color color, double width) {
        gc.setStroke(color);
        gc.setLineWidth(width);
        gc.setLineJoin(StrokeLineJoin.ROUND);
        gc.beginPath();
        var first = preview.path().getFirst();
        gc.moveTo(frame.x(first.x()), frame.y(first.y()));
        for (var point : preview.path()) {
            gc.lineTo(frame.x(point.x()), frame.y(point.y()));
        }
        gc.stroke();
        gc.setLineJoin(StrokeLineJoin.MITER);
    }

    private void paintFrame(Box box) {
        gc.setFill(ACCENT.deriveColor(0, 1, 1, 0.10));
        live.fill(box);
        live.paintDashes(box);
    }

    private void paintBrush(Preview.Brush brush) {
        var color = brush.erasing() ? ERASING : ACCENT;
        double radius = brush.radius() * frame.zoom();
        if (brush.path().size() > 1) {
            gc.setStroke(color.deriveColor(0, 1, 1, 0.45));
            gc.setLineWidth(2 * radius);
            gc.setLineCap(StrokeLineCap.ROUND);
            gc.setLineJoin(StrokeLineJoin.ROUND);
            gc.beginPath();
            var first = brush.path().getFirst();
            gc.moveTo(frame.x(first.x()), frame.y(first.y()));
            brush.path().forEach(at -> gc.lineTo(frame.x(at.x()), frame.y(at.y())));
            gc.stroke();
            gc.setLineCap(StrokeLineCap.BUTT);
            gc.setLineJoin(StrokeLineJoin.MITER);
        }
        circle(brush.at(), radius, HALO, 3);
        circle(brush.at(), radius, color, 1.5);
    }

    private void circle(Point at, double radius, Color color, double width) {
        gc.setStroke(color);
        gc.setLineWidth(width);
        gc.strokeOval(frame.x(at.x()) - radius, frame.y(at.y()) - radius, 2 * radius, 2 * radius);
    }

    private void paintGrip(Preview.Grip grip) {
        double size = grip.active() ? GRIP + 3 : GRIP;
        double x = frame.x(grip.at().x()) - size / 2;
        double y = frame.y(grip.at().y()) - size / 2;
        gc.setLineWidth(1.5);
        gc.setStroke(ACCENT);
        gc.setFill(grip.active() ? ACCENT : Color.WHITE);
        switch (grip.kind()) {
            case HANDLE -> {
                gc.fillRoundRect(x, y, size, size, 3, 3);
                gc.strokeRoundRect(x, y, size, size, 3, 3);
            }
            case VERTEX, START -> {
                gc.fillOval(x, y, size, size);
                gc.strokeOval(x, y, size, size);
                if (grip.kind() == Preview.GripKind.START) {
                    gc.strokeOval(x - 3, y - 3, size + 6, size + 6);
                }
            }
            case EDGE -> {
                double small = size * 0.7;
                double inset = (size - small) / 2;
                gc.setGlobalAlpha(0.75);
                gc.fillOval(x + inset, y + inset, small, small);
                gc.strokeOval(x + inset, y + inset, small, small);
                gc.setGlobalAlpha(1);
            }
        }
    }

    private void paintNote(Preview preview, Preview.Note note, Size image) {
        var at = place(preview, image);
        tags.paintPlain(
                gc, words(note), frame.x(at.x()) + NOTE_DISTANCE, frame.y(at.y()) + NOTE_DISTANCE);
    }

    private static Point place(Preview preview, Size image) {
        if (preview.brush().isPresent()) {
            return preview.brush().get().at();
        }
        if (!preview.path().isEmpty()) {
            return preview.path().getLast();
        }
        var box =
                preview.drawn()
                        .or(() -> preview.reshaped().values().stream().findFirst())
                        .map(region -> region.bounds())
                        .or(preview::frame)
                        .or(() -> preview.moved().values().stream().findFirst())
                        .orElse(image.toBox());
        return new Point(box.xMax(), box.yMax());
    }

    private static String words(Preview.Note note) {
        return switch (note) {
            case Preview.Note.Extent(double width, double height) ->
                    Texts.get("canvas.note.extent", width, height);
            case Preview.Note.Length(double pixels, double degrees) ->
                    Texts.get("canvas.note.length", pixels, degrees);
            case Preview.Note.Vertices(int before, int after) ->
                    Texts.get("canvas.note.vertices", before, after);
            case Preview.Note.Tolerance(int value, long pixels) ->
                    Texts.get("canvas.note.tolerance", value, pixels);
        };
    }
}
