package org.palimpsest.ui.training;

import java.util.ArrayList;
import java.util.List;

/// A line of values over steps, of a bounded number of points however long the run is: where there are too many, neighbours
/// become their mean.
final class Curve {
    private static final int MOST_POINTS = 400;

    private final List<Point> points = new ArrayList<>();
    private int together = 1;
    private int pending;
    private double stepSum;
    private double valueSum;

    /// A point of the line.
    record Point(double step, double value) {}

    /// @param value is left out where it is no finite number
    void add(int step, double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        stepSum += step;
        valueSum += value;
        pending++;
        if (pending == together) {
            points.add(new Point(stepSum / pending, valueSum / pending));
            pending = 0;
            stepSum = 0;
            valueSum = 0;
            if (points.size() > MOST_POINTS) {
                halve();
            }
        }
    }

    private void halve() {
        var halved = new ArrayList<Point>();
        for (int i = 0; i + 1 < points.size(); i += 2) {
            var one = points.get(i);
            var two = points.get(i + 1);
            halved.add(new Point((one.step() + two.step()) / 2, (one.value() + two.value()) / 2));
        }
        if (points.size() % 2 == 1) {
            halved.add(points.getLast());
        }
        points.clear();
        points.addAll(halved);
        together *= 2;
    }

    List<Point> points() {
        return List.copyOf(points);
    }

    boolean isEmpty() {
        return points.isEmpty();
    }
}
