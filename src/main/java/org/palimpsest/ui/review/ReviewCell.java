package org.palimpsest.ui.review;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.support.Texts;

/// One image of the queue: its file and why it is there.
final class ReviewCell extends ListCell<ReviewLine> {
    static final double HEIGHT = 44;
    private static final PseudoClass FINISHED = PseudoClass.getPseudoClass("finished");

    private final Label name = new Label();
    private final Label reasons = new Label();
    private final FontIcon check = new FontIcon("mdal-check_circle");
    private final HBox row;

    ReviewCell() {
        name.getStyleClass().add("image-name");
        reasons.getStyleClass().add("image-details");
        var lines = new VBox(1, name, reasons);
        lines.setMinWidth(0);
        lines.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(lines, Priority.ALWAYS);
        row = new HBox(8, lines, check);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setPrefWidth(1);
        getStyleClass().add("review-cell");
    }

    @Override
    protected void updateItem(ReviewLine item, boolean empty) {
        super.updateItem(item, empty);
        pseudoClassStateChanged(FINISHED, !empty && item.finished());
        if (empty || item == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        name.setText(String.valueOf(item.image().file().getFileName()));
        reasons.setText(
                item.reasons().isEmpty() ? Texts.get("review.reason.none") : item.reasons());
        check.setVisible(item.finished());
        setAccessibleText(name.getText() + ", " + reasons.getText());
        setGraphic(row);
    }
}
