package org.palimpsest.ui.queue;

import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.palimpsest.project.ModelRun;
import org.palimpsest.ui.support.Texts;

/// An image that got no answer that could be used: what was said, and a place to put it right.
///
/// Confined to the JavaFX thread.
final class FailureRow extends VBox {
    /// More are in the project; nobody reads that many in a panel.
    static final int MOST_SHOWN = 100;

    private static final int LINES = 3;

    FailureRow(QueueViewModel viewModel, QueuedRun run, ModelRun.Failure failure) {
        setSpacing(2);
        var image = new Hyperlink(viewModel.name(failure));
        image.setTooltip(new Tooltip(Texts.get("queue.failure.show")));
        image.setOnAction(_ -> viewModel.show(failure));
        var reason = new Label(failure.problem());
        reason.getStyleClass().add("field-hint");
        reason.setWrapText(true);
        reason.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().addAll(image, reason);
        if (!failure.answer().isEmpty()) {
            var text = new TextArea(failure.answer());
            text.setPrefRowCount(LINES);
            text.setWrapText(true);
            text.getStyleClass().add("answer-text");
            text.setAccessibleText(Texts.get("queue.failure.text"));
            var read = new Button(Texts.get("queue.failure.read"));
            read.getStyleClass().add("small");
            read.setOnAction(_ -> viewModel.mend(run, failure, text.getText()));
            var buttons = new HBox(read);
            getChildren().addAll(text, buttons);
        }
    }
}
