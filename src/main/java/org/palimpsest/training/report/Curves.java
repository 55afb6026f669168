package org.palimpsest.training.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ChartPanel;
import org.palimpsest.imaging.ChartPanel.Line;
import org.palimpsest.imaging.ChartPanel.Stroke;
import org.palimpsest.imaging.LineChart;
import org.palimpsest.imaging.Picture;
import org.palimpsest.training.TrainingEvent;

/// A picture of a run: loss of training and validation, the validation's figure that decides, and the learning rate, over
/// the steps.
public final class Curves {
    public static final String FILE = "curves.png";

    // Okabe and Ito: told apart with any kind of colour vision.
    private static final int BLUE = 0x0072B2;
    private static final int ORANGE = 0xD55E00;
    private static final int GREEN = 0x009E73;
    private static final int GREY = 0x5C636E;

    /// So many pieces of a curve are enough to see its course; the mean of each is drawn.
    private static final int SMOOTHED = 60;

    private static final Size SIZE = new Size(820, 560);
    private static final int MAGNIFICATION = 2;

    private Curves() {}

    /// Draws what the events say.
    ///
    /// @param decisive the name of the validation's figure to draw; where no event has it, there is no such field
    public static Picture draw(List<TrainingEvent> events, String decisive) {
        var loss = new ArrayList<Point>();
        var rate = new ArrayList<Point>();
        var validation = new ArrayList<Point>();
        var figure = new ArrayList<Point>();
        for (var event : events) {
            switch (event) {
                case TrainingEvent.StepCompleted step -> {
                    add(loss, step.step(), step.loss());
                    add(rate, step.step(), step.learningRate());
                }
                case TrainingEvent.Evaluated evaluated -> {
                    add(validation, evaluated.step(), evaluated.loss());
                    add(
                            figure,
                            evaluated.step(),
                            evaluated.metrics().getOrDefault(decisive, Double.NaN));
                }
                case TrainingEvent.Started _,
                        TrainingEvent.CheckpointSaved _,
                        TrainingEvent.Finished _ -> {}
            }
        }
        var panels = new ArrayList<ChartPanel>();
        panels.add(new ChartPanel("Loss per token", true, lossLines(loss, validation)));
        if (!figure.isEmpty()) {
            var line = new Line("validation", GREEN, Stroke.DOTTED, figure);
            panels.add(new ChartPanel(decisive, false, List.of(line)));
        }
        panels.add(
                new ChartPanel(
                        "Learning rate", true, List.of(new Line("", GREY, Stroke.SOLID, rate))));
        return LineChart.draw(panels, "step", SIZE, MAGNIFICATION);
    }

    private static List<Line> lossLines(List<Point> loss, List<Point> validation) {
        var lines = new ArrayList<Line>();
        if (loss.size() > SMOOTHED) {
            lines.add(new Line("", BLUE, Stroke.FAINT, loss));
        }
        lines.add(new Line("training", BLUE, Stroke.SOLID, smoothed(loss)));
        if (!validation.isEmpty()) {
            lines.add(new Line("validation", ORANGE, Stroke.DOTTED, validation));
        }
        return lines;
    }

    private static List<Point> smoothed(List<Point> points) {
        if (points.size() <= SMOOTHED) {
            return points;
        }
        Map<Integer, List<Point>> pieces = new LinkedHashMap<>();
        for (int i = 0; i < points.size(); i++) {
            int piece = (int) ((long) i * SMOOTHED / points.size());
            pieces.computeIfAbsent(piece, _ -> new ArrayList<>()).add(points.get(i));
        }
        return pieces.values().stream()
                .map(piece ->
                        new Point(
                                piece.stream().mapToDouble(Point::x).average().orElseThrow(),
                                piece.stream().mapToDouble(Point::y).average().orElseThrow()))
                .toList();
    }

    private static void add(List<Point> points, int step, double value) {
        if (Double.isFinite(value)) {
            points.add(new Point(step, value));
        }
    }
}
