package org.palimpsest.ui.models;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.control.Cards;
import org.palimpsest.ui.support.Texts;

/// A model or an adapter in the list.
final class ModelCell extends ListCell<ModelLine> {

    ModelCell() {
        getStyleClass().add("model-cell");
        // The list is as wide as it is, whatever the names.
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(ModelLine line, boolean empty) {
        super.updateItem(line, empty);
        setText(null);
        if (empty || line == null) {
            setGraphic(null);
            setTooltip(null);
            setAccessibleText(null);
            return;
        }
        var name = new Label(line.name());
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.getStyleClass().add("model-name");
        var kind = new Label(ModelWords.kind(line));
        kind.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        kind.getStyleClass().add("detail-text");
        var words = new VBox(name, kind);
        words.setMinWidth(0);
        ModelWords.badge(line)
                .ifPresent(
                        badge -> words.getChildren().add(Cards.badge(badge.tone(), badge.text())));
        words.getStyleClass().add("model-cell-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        var icon =
                new FontIcon(
                        switch (line.kind()) {
                            case BUNDLED -> "mdal-card_giftcard";
                            case MODEL -> "mdal-layers";
                            case ADAPTER -> "mdal-extension";
                        });
        var row = new HBox(icon, words);
        row.setAlignment(Pos.TOP_LEFT);
        row.getStyleClass().add("model-cell-row");
        setGraphic(row);
        setTooltip(new Tooltip(line.folder().toString()));
        setAccessibleText(
                Texts.get("models.kind." + line.kind().name())
                        + ": "
                        + line.name()
                        + ", "
                        + ModelWords.kind(line)
                        + ModelWords.badge(line).map(badge -> ", " + badge.text()).orElse(""));
    }
}
