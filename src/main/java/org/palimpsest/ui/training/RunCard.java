package org.palimpsest.ui.training;

import java.util.List;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ChangeListener;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.training.TrainingViewModel.Stage;

/// The run: how far it is, its latest numbers, its curves, and how it is stopped. Confined to the JavaFX thread.
final class RunCard extends VBox {
    private static final double GAP = 8;
    private static final double TWO_COLUMNS = 760;

    /// Often enough to seem alive, and seldom enough to leave the processor to the run.
    private static final Duration BETWEEN_DRAWINGS = Duration.millis(250);

    private final TrainingViewModel viewModel;
    private final Label headline = LearntCard.text("", "panel-title");
    private final ProgressBar progress = new ProgressBar();
    private final Label numbers = LearntCard.text("", "training-numbers");
    private final Label slower = LearntCard.text(Texts.get("training.slower"), "field-hint");
    private final FlowPane charts = new FlowPane(2 * GAP, 2 * GAP);
    private final CurveChart losses =
            new CurveChart(
                    Texts.get("training.chart.loss"),
                    List.of(
                            Texts.get("training.chart.learnt"),
                            Texts.get("training.chart.heldOut")));
    private final CurveChart figure =
            new CurveChart(
                    Texts.get("training.chart.figure"),
                    List.of(Texts.get("training.chart.heldOut")));
    private final Button pause =
            new Button(Texts.get("training.pause"), new FontIcon("mdmz-pause"));
    private final Button stop = new Button(Texts.get("training.stop"), new FontIcon("mdmz-stop"));
    private final Button goOn =
            new Button(Texts.get("training.goOn"), new FontIcon("mdmz-play_arrow"));
    private final Button anew =
            new Button(Texts.get("training.back"), new FontIcon("mdal-arrow_back"));
    private final PauseTransition drawing = new PauseTransition(BETWEEN_DRAWINGS);
    private final ChangeListener<Number> onChange = (_, _, _) -> soon();

    RunCard(TrainingViewModel viewModel) {
        this.viewModel = viewModel;
        getStyleClass().add("training-card");
        setSpacing(GAP);
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setAccessibleText(Texts.get("training.progress"));
        charts.setAccessibleRole(AccessibleRole.TEXT);
        charts.setFocusTraversable(true);
        charts.getStyleClass().add("training-charts");
        for (var chart : List.of(losses, figure)) {
            chart.prefWidthProperty()
                    .bind(Bindings.createDoubleBinding(this::chartWidth, charts.widthProperty()));
        }
        losses.getStyleClass().add("training-losses");
        figure.getStyleClass().add("training-figures-chart");
        charts.getChildren().setAll(losses, figure);
        button(pause, "training.pause.tip", "training-pause", viewModel::pause);
        button(stop, "training.stop.tip", "training-stop", viewModel::stop);
        button(goOn, "training.goOn.tip", "training-goOn", viewModel::goOn);
        button(anew, "training.back.tip", "training-back", viewModel::startAnew);
        goOn.getStyleClass().add("accent");
        var buttons = new FlowPane(GAP, GAP, goOn, pause, stop, anew);
        getChildren().addAll(headline, progress, numbers, charts, slower, buttons);
        drawing.setOnFinished(_ -> draw());
        viewModel.liveProperty().addListener((_, before, now) -> follow(before, now));
        viewModel.stageProperty().addListener(_ -> draw());
        follow(Optional.empty(), viewModel.liveProperty().get());
    }

    private double chartWidth() {
        double all = charts.getWidth() - charts.snappedLeftInset() - charts.snappedRightInset();
        return Math.floor(all >= TWO_COLUMNS && figure.isManaged() ? (all - 2 * GAP) / 2 : all);
    }

    private static void button(Button button, String tip, String style, Runnable action) {
        button.setTooltip(new Tooltip(Texts.get(tip)));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.getStyleClass().add(style);
        button.setOnAction(_ -> action.run());
    }

    private void follow(Optional<LiveRun> before, Optional<LiveRun> now) {
        before.ifPresent(run -> run.changesProperty().removeListener(onChange));
        now.ifPresent(run -> run.changesProperty().addListener(onChange));
        draw();
    }

    private void soon() {
        if (drawing.getStatus() != Animation.Status.RUNNING) {
            drawing.playFromStart();
        }
    }

    private void draw() {
        var live = viewModel.liveProperty().get();
        if (live.isEmpty()) {
            return;
        }
        var run = live.get();
        var stage = viewModel.stageProperty().get();
        boolean goes = stage == Stage.RUNNING;
        headline.setText(
                switch (stage) {
                    case PAUSED -> Texts.get("training.paused");
                    case AFTER -> Texts.get("training.curves");
                    case BEFORE, RUNNING -> run.headline() + " · " + run.project();
                });
        progress.setProgress(run.fraction());
        TrainingView.show(progress, goes);
        TrainingView.show(slower, goes);
        numbers.setText(run.numbers());
        TrainingView.show(numbers, !numbers.getText().isEmpty() && stage != Stage.AFTER);
        TrainingView.show(charts, !run.loss().isEmpty());
        TrainingView.show(figure, !run.figure().isEmpty());
        losses.draw(List.of(run.loss(), run.validation()), run.step());
        figure.setTitle(run.figureTitle());
        figure.draw(List.of(run.figure()), run.step());
        charts.setAccessibleText(run.spoken());
        TrainingView.show(pause, goes);
        TrainingView.show(stop, goes);
        pause.setDisable(run.isPausing());
        stop.setDisable(run.phase() != LiveRun.Phase.TRAINING || run.isEnough() || run.isPausing());
        TrainingView.show(goOn, stage == Stage.PAUSED);
        TrainingView.show(anew, stage == Stage.PAUSED);
    }
}
