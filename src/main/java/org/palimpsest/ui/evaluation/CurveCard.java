package org.palimpsest.ui.evaluation;

import java.util.List;
import java.util.stream.IntStream;
import javafx.collections.ListChangeListener;
import javafx.geometry.Side;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.palimpsest.evaluation.detection.PrecisionCurve;
import org.palimpsest.ui.support.Texts;

/// Precision against recall, of one label or of all, which the person goes through with the arrow keys.
final class CurveCard extends StackPane {
    private static final double STEP = 0.2;
    private static final double AXIS_WIDTH = 72;

    private final EvaluationDetails details;
    private final ListView<String> labels = new ListView<>();
    private final LineChart<Number, Number> chart;
    private final VBox note = EvaluationView.note();
    private final HBox shown;
    private boolean filling;

    CurveCard(EvaluationDetails details) {
        this.details = details;
        var precision = axis("precision");
        precision.setPrefWidth(AXIS_WIDTH);
        this.chart = new LineChart<>(axis("recall"), precision);
        chart.setAnimated(false);
        chart.setCreateSymbols(false);
        chart.setLegendSide(Side.BOTTOM);
        chart.getStyleClass().add("curve-chart");
        chart.setMinSize(160, 160);
        labels.setItems(details.labels());
        labels.setCellFactory(_ -> new LabelCell(details));
        labels.setAccessibleText(Texts.get("evaluation.curve.labels"));
        labels.getStyleClass().add("curve-labels");
        labels.setPrefWidth(190);
        labels.setMinWidth(140);
        labels.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, now) -> {
                    if (!filling && now != null) {
                        details.showCurve(now);
                    }
                });
        var words = new Label();
        words.textProperty().bind(details.curveWordsProperty());
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.getStyleClass().add("evaluation-words");
        chart.accessibleTextProperty().bind(details.curveWordsProperty());
        var left = new VBox(8, new KindChoice(details), labels);
        VBox.setVgrow(labels, Priority.ALWAYS);
        var right = new VBox(8, chart, words);
        VBox.setVgrow(chart, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        right.setMinWidth(0);
        shown = new HBox(12, left, right);
        shown.getStyleClass().add("evaluation-card");
        getChildren().addAll(new BorderPane(shown), note);
        details.labels().addListener((ListChangeListener<String>) _ -> select());
        details.curvesProperty().addListener(_ -> draw());
        details.reportProperty().addListener(_ -> draw());
        select();
        draw();
    }

    private static NumberAxis axis(String key) {
        var axis = new NumberAxis(0, 1, STEP);
        axis.setLabel(Texts.get("evaluation.curve." + key));
        axis.setMinorTickVisible(false);
        axis.setTickLabelFormatter(
                new NumberAxis.DefaultFormatter(axis) {
                    @Override
                    public String toString(Number value) {
                        return Numbers.percent(value.doubleValue());
                    }
                });
        return axis;
    }

    private void select() {
        filling = true;
        labels.getSelectionModel().select(details.label());
        filling = false;
    }

    private void draw() {
        boolean there = !details.curvesProperty().get().isEmpty();
        EvaluationView.setNote(
                note,
                Texts.get(
                        details.reportProperty().get().isPresent()
                                ? "evaluation.curve.none"
                                : "evaluation.notKept"));
        EvaluationView.seeNote(note, shown, there);
        chart.getData().setAll(details.curvesProperty().get().stream().map(this::series).toList());
    }

    private XYChart.Series<Number, Number> series(PrecisionCurve curve) {
        var series = new XYChart.Series<Number, Number>();
        series.setName(
                Texts.get("evaluation.curve.overlap", curve.iou(), curve.averagePrecision()));
        var points = curve.precision();
        List<XYChart.Data<Number, Number>> data =
                IntStream.range(0, points.size())
                        .mapToObj(i ->
                                new XYChart.Data<Number, Number>(
                                        (double) i / (points.size() - 1), points.get(i)))
                        .toList();
        series.getData().setAll(data);
        return series;
    }

    private static final class LabelCell extends ListCell<String> {
        private final EvaluationDetails details;
        private final Label name = new Label();
        private final Label value = new Label();
        private final HBox line = new HBox(6, name, value);

        LabelCell(EvaluationDetails details) {
            this.details = details;
            name.setMaxWidth(Double.MAX_VALUE);
            name.setMinWidth(0);
            HBox.setHgrow(name, Priority.ALWAYS);
            value.getStyleClass().add("field-hint");
            value.setMinWidth(Region.USE_PREF_SIZE);
            line.setMinWidth(0);
            line.setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable String item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            name.setText(EvaluationDetails.title(item));
            value.setText(Numbers.share(details.averagePrecision(item)));
            setAccessibleText(name.getText() + ", " + value.getText());
            setGraphic(line);
        }
    }
}
