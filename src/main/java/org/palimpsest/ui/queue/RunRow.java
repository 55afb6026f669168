package org.palimpsest.ui.queue;

import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.support.Texts;

/// One run of the queue: what it asks, how far it is, and what can be done with it.
///
/// Confined to the JavaFX thread.
final class RunRow extends VBox {
    private final QueueViewModel viewModel;
    private final Label prompt = new Label();
    private final Label model = new Label();
    private final Label words = new Label();
    private final ProgressBar progress = new ProgressBar();
    private final FontIcon pauseIcon = new FontIcon("mdmz-pause");
    private final Button pause = new Button(null, pauseIcon);
    private final Button up = button("mdal-arrow_upward", "queue.up");
    private final Button down = button("mdal-arrow_downward", "queue.down");
    private final Button undo = button("mdmz-undo", "queue.takeBack");
    private final Button remove = button("mdal-close", "queue.remove");
    private final VBox failures = new VBox(4);
    private final TitledPane failuresPane = new TitledPane("", failures);
    private @Nullable QueuedRun shown;

    RunRow(QueueViewModel viewModel) {
        this.viewModel = viewModel;
        getStyleClass().add("run-row");
        setSpacing(3);
        prompt.getStyleClass().add("run-prompt");
        prompt.setMinWidth(0);
        model.setMinWidth(0);
        model.getStyleClass().add("field-hint");
        words.getStyleClass().add("field-hint");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        progress.getStyleClass().add("small");
        progress.setMaxWidth(Double.MAX_VALUE);
        pause.getStyleClass().addAll("button-icon", "flat", "small");
        pause.setOnAction(_ -> withRun(viewModel::pauseOrResume));
        up.setOnAction(_ -> withRun(run -> viewModel.move(run, -1)));
        down.setOnAction(_ -> withRun(run -> viewModel.move(run, 1)));
        undo.setOnAction(_ -> withRun(viewModel::undo));
        remove.setOnAction(_ -> withRun(viewModel::remove));
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var second = new HBox(model, gap, pause, up, down, undo, remove);
        second.setAlignment(Pos.CENTER_LEFT);
        failuresPane.setExpanded(false);
        failuresPane.setAnimated(false);
        failuresPane.getStyleClass().addAll("dense", "run-failures");
        getChildren().addAll(prompt, second, progress, words, failuresPane);
    }

    private static Button button(String icon, String key) {
        var button = new Button(null, new FontIcon(icon));
        button.getStyleClass().addAll("button-icon", "flat", "small");
        button.setTooltip(new Tooltip(Texts.get(key)));
        button.setAccessibleText(Texts.get(key));
        return button;
    }

    private void withRun(Consumer<QueuedRun> action) {
        var run = shown;
        if (run != null) {
            action.accept(run);
        }
    }

    void show(QueuedRun run) {
        var before = shown;
        shown = run;
        prompt.setText(run.entry().prompt());
        prompt.setTooltip(new Tooltip(run.entry().prompt()));
        model.setText(viewModel.modelWords(run));
        words.setText(QueueViewModel.words(run));
        progress.setProgress(
                run.state() == QueuedRun.State.OPENING
                        ? ProgressBar.INDETERMINATE_PROGRESS
                        : run.fraction());
        boolean left = run.state().isLeft();
        boolean stands =
                run.state() == QueuedRun.State.PAUSED || run.state() == QueuedRun.State.BROKEN;
        pauseIcon.setIconLiteral(stands ? "mdmz-play_arrow" : "mdmz-pause");
        var does = Texts.get(stands ? "queue.resume" : "queue.pause");
        pause.setTooltip(new Tooltip(does));
        pause.setAccessibleText(does);
        show(pause, left);
        show(up, left);
        show(down, left);
        show(progress, left);
        show(
                undo,
                run.run().isPresent()
                        && run.counts().labelled() + run.counts().skipped() > 0
                        && run.state() != QueuedRun.State.UNDONE);
        if (before == null || !before.failures().equals(run.failures())) {
            showFailures(run);
        }
    }

    private void showFailures(QueuedRun run) {
        show(failuresPane, !run.failures().isEmpty());
        if (run.failures().isEmpty()) {
            failures.getChildren().clear();
            return;
        }
        failuresPane.setText(Texts.get("queue.failures", run.failures().size()));
        failures.getChildren()
                .setAll(
                        run.failures().stream()
                                .limit(FailureRow.MOST_SHOWN)
                                .map(failure -> (Node) new FailureRow(viewModel, run, failure))
                                .toList());
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
