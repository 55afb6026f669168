package org.palimpsest.ui.shell;

import atlantafx.base.theme.Styles;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.support.ShownJob;
import org.palimpsest.ui.support.Texts;

/// All long work that is being done, each with its progress and a way to stop it. It lies above the status bar and goes
/// away with the last of them.
final class JobsPage {
    private final StatusBarViewModel viewModel;
    private final StackPane host;
    private final VBox rows = new VBox();
    private final VBox card = new VBox();

    JobsPage(StatusBarViewModel viewModel, StackPane host) {
        this.viewModel = viewModel;
        this.host = host;
        var title = new Label(Texts.get("shell.jobs"));
        title.getStyleClass().add("panel-title");
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var close = new Button(null, new FontIcon("mdal-close"));
        close.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        close.setAccessibleText(Texts.get("shell.close"));
        close.setOnAction(_ -> close());
        var top = new HBox(title, space, close);
        top.setAlignment(Pos.CENTER_LEFT);
        rows.getStyleClass().add("jobs-rows");
        card.getStyleClass().add("jobs-card");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        card.getChildren().addAll(top, rows);
        StackPane.setAlignment(card, Pos.BOTTOM_LEFT);
        viewModel.jobs().addListener((ListChangeListener<ShownJob>) _ -> fill());
        fill();
    }

    void toggle() {
        if (host.getChildren().contains(card)) {
            close();
        } else if (!viewModel.jobs().isEmpty()) {
            host.getChildren().add(card);
        }
    }

    private void close() {
        host.getChildren().remove(card);
    }

    private void fill() {
        rows.getChildren().setAll(viewModel.jobs().stream().map(this::row).toList());
        if (viewModel.jobs().isEmpty()) {
            close();
        }
    }

    private Node row(ShownJob job) {
        var name = new Label(job.name());
        var message = new Label();
        message.getStyleClass().add("field-hint");
        message.textProperty().bind(job.messageProperty());
        var bar = new ProgressBar();
        bar.getStyleClass().add(Styles.SMALL);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.progressProperty()
                .bind(
                        Bindings.createDoubleBinding(
                                () -> Math.max(-1, job.fractionProperty().get()),
                                job.fractionProperty()));
        var words = new VBox(name, bar, message);
        words.getStyleClass().add("job-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        var stop = new Button(Texts.get("shell.jobs.cancel"));
        stop.setMinWidth(Region.USE_PREF_SIZE);
        stop.setAccessibleText(Texts.get("shell.jobs.cancel.what", job.name()));
        stop.setOnAction(_ -> {
            stop.setDisable(true);
            viewModel.cancel(job);
        });
        var row = new HBox(words, stop);
        row.getStyleClass().add("job-row");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
