package org.palimpsest.ui.training;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.util.StringConverter;
import org.palimpsest.ui.support.Texts;

/// Lines over the steps of a run. Confined to the JavaFX thread.
final class CurveChart extends LineChart<Number, Number> {
    private static final double HEIGHT = 220;

    /// @param title what is drawn, also for those who do not see it
    /// @param names of the lines
    CurveChart(String title, List<String> names) {
        super(steps(), values());
        setTitle(title);
        setAnimated(false);
        setCreateSymbols(false);
        setPrefHeight(HEIGHT);
        setMinHeight(HEIGHT);
        getStyleClass().add("training-chart");
        names.forEach(name -> {
            var series = new XYChart.Series<Number, Number>();
            series.setName(name);
            getData().add(series);
        });
    }

    private abstract static class Formatter extends StringConverter<Number> {
        @Override
        public Number fromString(String text) {
            throw new UnsupportedOperationException("Nobody types into an axis");
        }
    }

    private static NumberAxis axis(String label) {
        var axis = new NumberAxis();
        axis.setForceZeroInRange(false);
        axis.setMinorTickVisible(false);
        axis.setAnimated(false);
        axis.setLabel(label);
        return axis;
    }

    private static NumberAxis values() {
        var axis = axis("");
        var format = NumberFormat.getInstance(Texts.locale());
        format.setMaximumFractionDigits(4);
        axis.setTickLabelFormatter(
                new Formatter() {
                    @Override
                    public String toString(Number value) {
                        return format.format(value);
                    }
                });
        return axis;
    }

    /// Half steps between two steps have no name.
    private static NumberAxis steps() {
        var axis = axis(Texts.get("training.axis.step"));
        axis.setTickLabelFormatter(
                new Formatter() {
                    @Override
                    public String toString(Number step) {
                        return step.doubleValue() == Math.rint(step.doubleValue())
                                ? Texts.get("training.count", step.longValue())
                                : "";
                    }
                });
        return axis;
    }

    /// Draws these lines in the place of those before; each keeps its last value until now.
    ///
    /// @param now the latest step
    void draw(List<Curve> curves, int now) {
        for (int i = 0; i < curves.size(); i++) {
            var points = new ArrayList<XYChart.Data<Number, Number>>();
            for (var point : curves.get(i).points()) {
                points.add(new XYChart.Data<>(point.step(), point.value()));
            }
            if (!points.isEmpty()) {
                var last = points.getLast();
                points.add(
                        new XYChart.Data<>(
                                Math.max(now, last.getXValue().doubleValue()), last.getYValue()));
            }
            getData().get(i).getData().setAll(points);
        }
    }
}
