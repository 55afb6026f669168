package org.palimpsest.ui.label;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DragEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.support.Texts;

/// One label of the list: its colour, its key, its name and how many objects have it. It can be dragged to another place.
final class LabelCell extends ListCell<LabelLine> {
    static final double HEIGHT = 30;
    private static final double SWATCH = 14;
    private static final PseudoClass NEXT = PseudoClass.getPseudoClass("next");
    private static final PseudoClass DROP = PseudoClass.getPseudoClass("drop");

    private final LabelEditViewModel edit;
    private final Rectangle swatch = new Rectangle(SWATCH, SWATCH);
    private final Label key = new Label();
    private final Label name = new Label();
    private final FontIcon absent = new FontIcon("mdal-block");
    private final Label count = new Label();
    private final HBox row;

    LabelCell(LabelEditViewModel edit) {
        this.edit = edit;
        swatch.setArcWidth(4);
        swatch.setArcHeight(4);
        key.getStyleClass().add("label-key");
        name.getStyleClass().add("label-name");
        name.setMinWidth(0);
        count.getStyleClass().add("annotation-score");
        count.setMinWidth(Region.USE_PREF_SIZE);
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        row = new HBox(8, swatch, key, name, space, absent, count);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setPrefWidth(1);
        getStyleClass().add("label-cell");
        addEventHandler(MouseEvent.DRAG_DETECTED, this::beginDrag);
        addEventHandler(DragEvent.DRAG_OVER, this::over);
        addEventHandler(DragEvent.DRAG_EXITED, _ -> pseudoClassStateChanged(DROP, false));
        addEventHandler(DragEvent.DRAG_DROPPED, this::dropped);
    }

    @Override
    protected void updateItem(LabelLine item, boolean empty) {
        super.updateItem(item, empty);
        pseudoClassStateChanged(NEXT, !empty && item.next());
        if (empty || item == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        int rgb = edit.list().color(item.label().name());
        swatch.setFill(Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF));
        key.setText(item.key());
        key.setVisible(!item.key().isEmpty());
        name.setText(item.label().name());
        absent.setVisible(item.absent());
        absent.setManaged(item.absent());
        count.setText(Texts.get("label.counts", item.here(), item.total()));
        setAccessibleText(
                Texts.get(
                        "label.row.accessible",
                        item.label().name(),
                        item.key(),
                        item.here(),
                        item.total()));
        setGraphic(row);
    }

    private void beginDrag(MouseEvent event) {
        if (getItem() != null && edit.list().wordsProperty().get().isEmpty()) {
            var content = new ClipboardContent();
            content.putString(getItem().label().name());
            startDragAndDrop(TransferMode.MOVE).setContent(content);
            event.consume();
        }
    }

    private void over(DragEvent event) {
        if (event.getGestureSource() instanceof LabelCell && getItem() != null) {
            event.acceptTransferModes(TransferMode.MOVE);
            pseudoClassStateChanged(DROP, true);
            event.consume();
        }
    }

    private void dropped(DragEvent event) {
        if (getItem() != null) {
            edit.moveTo(event.getDragboard().getString(), getIndex());
            event.setDropCompleted(true);
            event.consume();
        }
    }
}
