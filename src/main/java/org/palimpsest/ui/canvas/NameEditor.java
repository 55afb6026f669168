package org.palimpsest.ui.canvas;

import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;

/// The field over a shape in which its label is written, with the labels met so far as suggestions.
///
/// Enter takes the label, Escape leaves it as it was, a click elsewhere takes it.
final class NameEditor {
    private static final int MOST_SUGGESTIONS = 8;
    private static final double WIDTH = 170;

    private final CanvasViewModel viewModel;
    private final StackPane stack;
    private final CanvasPane pane;
    private final TextField field = new TextField();
    private final ContextMenu suggestions = new ContextMenu();

    NameEditor(CanvasViewModel viewModel, StackPane stack, CanvasPane pane) {
        this.viewModel = viewModel;
        this.stack = stack;
        this.pane = pane;
        field.getStyleClass().add("name-editor");
        field.setMaxWidth(WIDTH);
        field.setPrefWidth(WIDTH);
        field.setVisible(false);
        field.setManaged(false);
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        field.textProperty().addListener((_, _, typed) -> suggest(typed));
        field.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused && field.isVisible() && !suggestions.isShowing()) {
                        viewModel.name(field.getText());
                    }
                });
        suggestions.setAutoHide(true);
        stack.getChildren().add(field);
        StackPane.setAlignment(field, Pos.TOP_LEFT);
        viewModel.namingProperty().addListener((_, _, named) -> show(named));
    }

    private void show(Optional<AnnotationId> named) {
        var object = named.flatMap(viewModel::find);
        if (object.isEmpty()) {
            suggestions.hide();
            if (field.isVisible()) {
                field.setVisible(false);
                pane.requestFocus();
            }
            return;
        }
        place(object.get());
        field.setText(object.get().label());
        field.setVisible(true);
        field.requestFocus();
        field.selectAll();
    }

    private void place(ObjectAnnotation object) {
        var view = viewModel.camera().viewport();
        var bounds = object.region().bounds();
        double height = field.prefHeight(WIDTH);
        double x =
                Math.clamp(
                        view.toScreenX(bounds.xMin()),
                        4,
                        Math.max(4, stack.getWidth() - WIDTH - 4));
        double y =
                Math.clamp(
                        view.toScreenY(bounds.yMin()) - height - 4,
                        4,
                        Math.max(4, stack.getHeight() - height - 4));
        field.resizeRelocate(x, y, WIDTH, height);
    }

    private void suggest(String typed) {
        suggestions.getItems().clear();
        if (!field.isFocused() || typed.isBlank()) {
            suggestions.hide();
            return;
        }
        var start = typed.strip().toLowerCase(Locale.ROOT);
        for (var label : viewModel.knownLabels()) {
            boolean fits =
                    label.toLowerCase(Locale.ROOT).startsWith(start)
                            && !label.equals(typed.strip());
            if (fits && suggestions.getItems().size() < MOST_SUGGESTIONS) {
                var item = new MenuItem(label);
                item.setMnemonicParsing(false);
                item.setOnAction(_ -> viewModel.name(label));
                suggestions.getItems().add(item);
            }
        }
        if (suggestions.getItems().isEmpty()) {
            suggestions.hide();
        } else if (!suggestions.isShowing()) {
            suggestions.show(field, Side.BOTTOM, 0, 2);
        }
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            viewModel.name(field.getText());
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE) {
            viewModel.cancelNaming();
            event.consume();
        }
    }
}
