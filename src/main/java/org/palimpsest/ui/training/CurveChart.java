package org.palimpsest.ui.training;

import java.util.List;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import org.palimpsest.ui.support.Texts;

/// Lines over the steps of a run. Confined to the JavaFX thread.
final class CurveChart extends LineChart<Number, Number> {
    private static final double HEIGHT = 220;

    /// @param title what is drawn, also for those who do not see it
    /// @param names of the lines
    CurveChart(String title, List<String> names) {
        super(axis(Texts.get("training.axis.step")), axis(""));
        setTitle(title);
        setAnimated(false);
        setCreateSymbols(false);
        setLegendVisible(names.size() > 1);
        setPrefHeight(HEIGHT);
        setMinHeight(HEIGHT);
        getStyleClass().add("training-chart");
        names.forEach(name -> {
            var series = new XYChart.Series<Number, Number>();
            series.setName(name);
            getData().add(series);
        });
    }

    private static NumberAxis axis(String label) {
        var axis = new NumberAxis();
        axis.setForceZeroInRange(false);
        axis.setMinorTickVisible(false);
        axis.setAnimated(false);
        axis.setLabel(label);
        return axis;
    }

    /// Draws these lines in the place of those before.
    void draw(List<Curve> curves) {
        for (int i = 0; i < curves.size(); i++) {
            getData()
                    .get(i)
                    .getData()
                    .setAll(
                            curves.get(i).points().stream()
                                    .map(point ->
                                            new XYChart.Data<Number, Number>(
                                                    point.step(), point.value()))
                                    .toList());
        }
    }
}
