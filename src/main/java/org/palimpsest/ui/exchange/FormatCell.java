package org.palimpsest.ui.exchange;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.VBox;

/// One format of a list; the first one of its group bears the name of the group.
final class FormatCell extends ListCell<FormatChoice> {
    private final Label group = new Label();
    private final Label title = new Label();
    private final VBox both = new VBox(2, group, title);

    FormatCell() {
        group.getStyleClass().add("field-name");
        title.getStyleClass().add("format-title");
        title.setMinWidth(0);
        title.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        both.setPrefWidth(1);
        both.setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("format-cell");
    }

    @Override
    protected void updateItem(FormatChoice item, boolean empty) {
        super.updateItem(item, empty);
        if (empty || item == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        int place = getIndex();
        boolean first =
                place == 0 || getListView().getItems().get(place - 1).group() != item.group();
        group.setText(item.group().title());
        group.setVisible(first);
        group.setManaged(first);
        title.setText(item.title());
        setAccessibleText(item.title());
        setGraphic(both);
    }
}
