package org.palimpsest.ui.shell;

import java.util.List;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The page of keys and gestures that lies over the window until the next key or click.
final class ShortcutPage {
    private static final double NAMES_WIDTH = 190;
    private static final Set<String> LEFT_COLUMN = Set.of("File", "Edit", "Tools", "Model");
    private static final String[][] GESTURES = {
        {"Wheel, pinch", "Zoom at the pointer"},
        {"Space + drag, middle button", "Move the image"},
        {"Double click beside objects", "Fit the image"},
        {"Double click on an object", "Rename it"},
        {"Second click on the same place", "Take the object beneath"},
        {"Shift + click, drag a frame", "Select several"},
        {"Arrow keys (Shift: by ten)", "Move what is selected"},
        {"Left, right with nothing selected", "Change the image"},
    };

    private final StackPane layer = new StackPane();
    private final HBox columns = new HBox(36);

    ShortcutPage() {
        columns.getStyleClass().add("shortcut-columns");
        columns.setAlignment(Pos.TOP_CENTER);
        var heading = new Label("Keys and gestures");
        heading.getStyleClass().add("shortcut-heading");
        var hint = new Label("Any key closes this page");
        hint.getStyleClass().add("empty-text");
        var card = new VBox(16, heading, columns, hint);
        card.getStyleClass().add("shortcut-card");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        layer.getStyleClass().add("shortcut-layer");
        layer.getChildren().add(card);
        layer.setOnMouseClicked(_ -> close());
    }

    void fill(List<ActionGroup> groups) {
        var left = new VBox(14);
        var right = new VBox(14);
        for (var group : groups) {
            (LEFT_COLUMN.contains(group.title()) ? left : right).getChildren().add(section(group));
        }
        var gestures = new GridPane(16, 5);
        for (int i = 0; i < GESTURES.length; i++) {
            gestures.addRow(i, new Label(GESTURES[i][1]), keys(GESTURES[i][0]));
        }
        right.getChildren().add(titled("Mouse and arrows", gestures));
        columns.getChildren().setAll(left, right);
    }

    private static Node section(ActionGroup group) {
        var rows = new GridPane(16, 5);
        int row = 0;
        for (var action : group.actions()) {
            if (!action.keys().isEmpty()) {
                var all =
                        String.join(
                                ", ",
                                action.keys().stream()
                                        .limit(2)
                                        .map(KeyCombination::getDisplayText)
                                        .distinct()
                                        .toList());
                rows.addRow(row++, new Label(action.title()), keys(all));
            }
        }
        return titled(group.title(), rows);
    }

    private static Node titled(String title, GridPane rows) {
        var name = new ColumnConstraints(NAMES_WIDTH);
        rows.getColumnConstraints().add(name);
        var heading = new Label(title);
        heading.getStyleClass().add("field-name");
        return new VBox(6, heading, rows);
    }

    private static Label keys(String words) {
        var label = new Label(words);
        label.getStyleClass().add("key");
        return label;
    }

    boolean isShowing() {
        return layer.getParent() != null;
    }

    void toggle(StackPane root) {
        if (isShowing()) {
            close();
        } else {
            root.getChildren().add(layer);
        }
    }

    void close() {
        if (layer.getParent() instanceof StackPane root) {
            root.getChildren().remove(layer);
        }
    }
}
