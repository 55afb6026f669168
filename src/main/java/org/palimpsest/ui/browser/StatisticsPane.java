package org.palimpsest.ui.browser;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.support.Numbers;
import org.palimpsest.ui.support.Texts;

/// Charts of bars, each of which filters when it is chosen.
final class StatisticsPane extends StackPane {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final double NAME = 112;
    private static final double COUNT = 52;

    private final StatisticsViewModel viewModel;
    private final VBox charts = new VBox();
    private final ProgressBar progress = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    private final Label note = new Label();

    StatisticsPane(StatisticsViewModel viewModel) {
        this.viewModel = viewModel;
        setId("statistics");
        getStyleClass().add("statistics");
        setMinHeight(120);
        charts.getStyleClass().add("statistics-charts");
        charts.setFillWidth(true);
        var scroll = new ScrollPane(charts);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        progress.getStyleClass().add("small");
        progress.setMaxWidth(Double.MAX_VALUE);
        StackPane.setAlignment(progress, Pos.TOP_CENTER);
        note.setWrapText(true);
        note.getStyleClass().add("empty-text");
        getChildren().addAll(scroll, note, progress);
        progress.visibleProperty().bind(viewModel.countingProperty());
        viewModel.chartsProperty().addListener(_ -> show());
        viewModel.problemProperty().addListener(_ -> show());
        viewModel.countingProperty().addListener(_ -> show());
        show();
    }

    private void show() {
        charts.getChildren().clear();
        for (var chart : viewModel.chartsProperty().get()) {
            charts.getChildren().add(chart(chart));
        }
        boolean nothing = charts.getChildren().isEmpty() && !viewModel.countingProperty().get();
        note.setVisible(nothing);
        note.setText(
                viewModel
                        .problemProperty()
                        .get()
                        .map(Problem::oneLine)
                        .orElse(Texts.get("browser.noStatistics")));
    }

    private Node chart(Chart chart) {
        var title = new Label(chart.title());
        title.getStyleClass().add("statistics-title");
        var box = new VBox(title);
        box.getStyleClass().add("statistics-chart");
        for (var bar : chart.bars()) {
            box.getChildren().add(bar(bar));
        }
        return box;
    }

    private Node bar(Chart.Bar bar) {
        var name = new Label(bar.title());
        name.setMinWidth(NAME);
        name.setPrefWidth(NAME);
        name.setMaxWidth(NAME);
        var filled = new Region();
        filled.getStyleClass().add("bar");
        bar.rgb()
                .ifPresent(rgb ->
                        filled.setStyle("-fx-background-color: #%06x;".formatted(rgb & 0xFFFFFF)));
        var lane = new BarLane(filled, bar.share());
        var count = new Label(Numbers.whole(bar.count()));
        count.getStyleClass().add("bar-count");
        count.setMinWidth(COUNT);
        count.setAlignment(Pos.CENTER_RIGHT);
        var row = new HBox(6, name, lane, count);
        row.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(lane, Priority.ALWAYS);
        var button = new Button();
        button.setGraphic(row);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.getStyleClass().setAll("bar-button");
        button.setMaxWidth(Double.MAX_VALUE);
        row.prefWidthProperty().bind(button.widthProperty().subtract(12));
        button.setAccessibleText(Texts.get("browser.bar", bar.title(), bar.count()));
        button.setTooltip(
                new Tooltip(
                        Texts.get("browser.bar.tooltip", bar.title(), bar.count(), bar.term())));
        button.setDisable(bar.count() == 0 && !viewModel.isChosen(bar));
        button.pseudoClassStateChanged(CHOSEN, viewModel.isChosen(bar));
        button.setOnAction(_ -> viewModel.choose(bar));
        return button;
    }

    /// A bar that fills a share of the room.
    private static final class BarLane extends Region {
        private static final double THICKNESS = 10;
        private final Region filled;
        private final double share;

        BarLane(Region filled, double share) {
            this.filled = filled;
            this.share = share;
            setMinWidth(20);
            setPrefWidth(20);
            setPrefHeight(THICKNESS);
            getChildren().add(filled);
        }

        @Override
        protected void layoutChildren() {
            // What is there but little is seen, too.
            double width = share == 0 ? 0 : Math.max(2, getWidth() * share);
            filled.resizeRelocate(0, (getHeight() - THICKNESS) / 2, width, THICKNESS);
        }
    }
}
