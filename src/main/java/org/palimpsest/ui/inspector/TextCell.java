package org.palimpsest.ui.inspector;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.dataset.edit.Reviews;

/// One text of the list: what it says, what it answers, where it came from, and what a person said about it.
final class TextCell extends ListCell<TextAnnotation> {
    static final double HEIGHT = 46;
    private static final PseudoClass REJECTED = PseudoClass.getPseudoClass("rejected");
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");

    private final Label words = new Label();
    private final Label kind = new Label();
    private final FontIcon origin = new FontIcon("mdmz-notes");
    private final FontIcon review = new FontIcon("mdal-check");
    private final HBox row;

    TextCell() {
        words.getStyleClass().add("annotation-name");
        kind.getStyleClass().add("annotation-score");
        review.getStyleClass().add("annotation-review");
        var lines = new VBox(1, words, kind);
        lines.setMinWidth(0);
        lines.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(lines, Priority.ALWAYS);
        row = new HBox(8, lines, origin, review);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setPrefWidth(1);
        getStyleClass().add("annotation-cell");
    }

    @Override
    protected void updateItem(TextAnnotation item, boolean empty) {
        super.updateItem(item, empty);
        pseudoClassStateChanged(REJECTED, !empty && item.review() == ReviewState.REJECTED);
        pseudoClassStateChanged(WAITING, !empty && Reviews.isWaiting(item));
        if (empty || item == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        words.setText(item.text().replace('\n', ' '));
        kind.setText(TextKind.describe(item.prompt()));
        origin.setIconLiteral(ObjectCell.originIcon(item.provenance()));
        review.setIconLiteral(ObjectCell.reviewIcon(item));
        setAccessibleText(
                kind.getText() + ": " + item.text() + ", " + ObjectCell.reviewWords(item));
        setGraphic(row);
    }
}
