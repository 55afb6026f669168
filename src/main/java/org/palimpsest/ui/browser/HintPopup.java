package org.palimpsest.ui.browser;

import java.util.List;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.stage.Popup;

/// A list of hints below the filter: arrows choose, Enter or Tab takes, Escape closes it.
final class HintPopup {
    private static final double ROW = 26;
    private static final int MOST_ROWS = 9;

    private final TextField field;
    private final FilterViewModel viewModel;
    private final ListView<FilterHints.Hint> list = new ListView<>();
    private final Popup popup = new Popup();

    HintPopup(TextField field, FilterViewModel viewModel) {
        this.field = field;
        this.viewModel = viewModel;
        list.getStyleClass().addAll("hint-list", "dense");
        list.setFixedCellSize(ROW);
        list.setFocusTraversable(false);
        list.setCellFactory(_ -> new HintCell());
        list.setOnMouseClicked(_ -> take());
        popup.setAutoHide(true);
        popup.setHideOnEscape(true);
        popup.getContent().add(list);
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        field.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        popup.hide();
                    }
                });
    }

    boolean isShowing() {
        return popup.isShowing();
    }

    /// Shows what could be written at the caret.
    void show() {
        List<FilterHints.Hint> hints = viewModel.hints(field.getCaretPosition());
        if (hints.isEmpty() || !field.isFocused()) {
            popup.hide();
            return;
        }
        list.getItems().setAll(hints);
        list.getSelectionModel().clearSelection();
        list.setPrefHeight(Math.min(MOST_ROWS, hints.size()) * ROW + 4);
        list.setPrefWidth(Math.max(180, Math.min(320, field.getWidth())));
        var corner = field.localToScreen(0, field.getHeight() + 2);
        if (corner != null) {
            // In the scene's colours, which a popup does not have of itself.
            list.getStylesheets().setAll(field.getScene().getStylesheets());
            popup.show(field, corner.getX(), corner.getY());
        }
    }

    void hide() {
        popup.hide();
    }

    private void pressed(KeyEvent event) {
        if (!popup.isShowing()) {
            return;
        }
        int chosen = list.getSelectionModel().getSelectedIndex();
        switch (event.getCode()) {
            case DOWN -> choose(chosen + 1);
            case UP -> choose(chosen - 1);
            case TAB -> {
                choose(Math.max(0, chosen));
                take();
            }
            case ENTER -> {
                if (chosen < 0) {
                    popup.hide();
                    return;
                }
                take();
            }
            case ESCAPE -> popup.hide();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void choose(int index) {
        int last = list.getItems().size() - 1;
        list.getSelectionModel().select(Math.clamp(index, 0, last));
        list.scrollTo(Math.max(0, index - MOST_ROWS / 2));
    }

    private void take() {
        var hint = list.getSelectionModel().getSelectedItem();
        if (hint != null) {
            popup.hide();
            field.setText(hint.text());
            field.positionCaret(hint.caret());
        }
    }

    private static final class HintCell extends ListCell<FilterHints.Hint> {
        @Override
        protected void updateItem(FilterHints.Hint hint, boolean empty) {
            super.updateItem(hint, empty);
            setText(empty || hint == null ? null : hint.shown());
        }
    }
}
