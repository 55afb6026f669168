package org.palimpsest.ui.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.CommandGroup;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.support.Texts;

/// The page of keys and gestures, made of the table of commands as the keys are bound now.
final class ShortcutPage {
    private static final int COLUMNS = 3;
    private static final int GESTURES = 14;
    private static final int HEADING_ROWS = 2;

    private final ShellViewModel shell;
    private final Overlays overlays;
    private final VBox card = new VBox();
    private final HBox columns = new HBox();
    private final TextField search = new TextField();

    /// A heading with rows of a name and its keys.
    private record Section(String title, List<Row> rows) {}

    private record Row(String name, List<String> keys) {}

    ShortcutPage(ShellViewModel shell, Overlays overlays) {
        this.shell = shell;
        this.overlays = overlays;
        var heading = new Label(Texts.get("shell.keys.title"));
        heading.getStyleClass().add("page-heading");
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        search.setPromptText(Texts.get("shell.keys.search"));
        search.setAccessibleText(Texts.get("shell.keys.search"));
        search.textProperty().addListener(_ -> fill());
        var top = new HBox(heading, space, search);
        top.setAlignment(Pos.CENTER_LEFT);
        columns.getStyleClass().add("shortcut-columns");
        var scroll = new ScrollPane(columns);
        scroll.getStyleClass().addAll("edge-to-edge", "shortcut-scroll");
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        var hint = new Label(Texts.get("shell.keys.hint"));
        hint.getStyleClass().add("field-hint");
        card.getStyleClass().add("shortcut-card");
        card.getChildren().addAll(top, scroll, hint);
    }

    void toggle() {
        if (overlays.isShowing(card)) {
            overlays.close();
            return;
        }
        search.clear();
        fill();
        overlays.open(card, search, Pos.CENTER, () -> {});
    }

    private void fill() {
        var sections = sections();
        int rows =
                sections.stream().mapToInt(section -> section.rows().size() + HEADING_ROWS).sum();
        int perColumn = Math.max(1, (rows + COLUMNS - 1) / COLUMNS);
        columns.getChildren().clear();
        VBox column = newColumn();
        int inColumn = 0;
        for (var section : sections) {
            int size = section.rows().size() + HEADING_ROWS;
            boolean full = inColumn > 0 && inColumn + size / 2 > perColumn;
            if (full && columns.getChildren().size() < COLUMNS) {
                column = newColumn();
                inColumn = 0;
            }
            column.getChildren().add(show(section));
            inColumn += size;
        }
    }

    private VBox newColumn() {
        var column = new VBox();
        column.getStyleClass().add("shortcut-column");
        HBox.setHgrow(column, Priority.ALWAYS);
        columns.getChildren().add(column);
        return column;
    }

    private List<Section> sections() {
        var sections = new ArrayList<Section>();
        for (var group : CommandGroup.values()) {
            var rows = new ArrayList<Row>();
            for (var command : Command.values()) {
                if (command.group() == group) {
                    var keys = keys(command, shell.keys());
                    if (!keys.isEmpty() && fits(command.title() + " " + String.join(" ", keys))) {
                        rows.add(new Row(command.title(), keys));
                    }
                }
            }
            if (!rows.isEmpty()) {
                sections.add(new Section(group.title(), rows));
            }
        }
        var gestures = new ArrayList<Row>();
        for (int i = 1; i <= GESTURES; i++) {
            var row =
                    new Row(
                            Texts.get("shell.gesture." + i + ".does"),
                            List.of(Texts.get("shell.gesture." + i)));
            if (fits(row.name() + " " + row.keys().getFirst())) {
                gestures.add(row);
            }
        }
        if (!gestures.isEmpty()) {
            sections.add(new Section(Texts.get("shell.gestures"), gestures));
        }
        return sections;
    }

    /// The first two keys of a command in words.
    private static List<String> keys(Command command, KeyBindings bindings) {
        return bindings.keys(command).stream()
                .map(key -> key.getDisplayText())
                .distinct()
                .limit(2)
                .toList();
    }

    private boolean fits(String text) {
        return FuzzyMatch.score(search.getText(), text).isPresent();
    }

    private static Node show(Section section) {
        var grid = new GridPane();
        grid.getStyleClass().add("shortcut-grid");
        var names = new ColumnConstraints();
        names.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().add(names);
        int line = 0;
        for (var row : section.rows()) {
            var name = new Label(row.name());
            name.setWrapText(true);
            name.setMinHeight(Region.USE_PREF_SIZE);
            var keys = new HBox();
            keys.getStyleClass().add("key-caps");
            keys.setAlignment(Pos.CENTER_RIGHT);
            for (var key : row.keys()) {
                var cap = new Label(key);
                cap.getStyleClass().add("key-cap");
                cap.setMinWidth(Region.USE_PREF_SIZE);
                keys.getChildren().add(cap);
            }
            grid.addRow(line++, name, keys);
        }
        var heading = new Label(section.title());
        heading.getStyleClass().add("field-name");
        var box = new VBox(heading, grid);
        box.getStyleClass().add("shortcut-section");
        return box;
    }
}
