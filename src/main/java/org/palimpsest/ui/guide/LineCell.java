package org.palimpsest.ui.guide;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A page of the contents, or a place that was found with the words around it.
final class LineCell extends ListCell<GuideViewModel.Line> {
    private final Label title = new Label();
    private final Label detail = new Label();
    private final VBox box = new VBox(title, detail);

    LineCell() {
        title.setWrapText(true);
        detail.setWrapText(true);
        detail.getStyleClass().add("guide-excerpt");
        detail.managedProperty().bind(detail.visibleProperty());
        // The list's width decides where lines break.
        setPrefWidth(0);
        box.setMinWidth(0);
    }

    @Override
    protected void updateItem(GuideViewModel.@Nullable Line line, boolean empty) {
        super.updateItem(line, empty);
        if (line == null || empty) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        title.setText(line.title());
        detail.setText(line.detail());
        detail.setVisible(!line.detail().isEmpty());
        setAccessibleText(line.title() + " " + line.detail());
        setGraphic(box);
    }
}
