package org.palimpsest.ui.shell;

import atlantafx.base.theme.Styles;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.canvas.ToolKind;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.CommandGroup;
import org.palimpsest.ui.control.RovingFocus;
import org.palimpsest.ui.support.Texts;

/// Makes the row of buttons of the commands that are used most, and the column of tools beside the image.
final class ToolBarBuilder {
    private static final List<List<Command>> ROW =
            List.of(
                    List.of(Command.UNDO, Command.REDO, Command.DELETE),
                    List.of(Command.ACCEPT, Command.REJECT, Command.ACCEPT_ALL));

    /// In the height of its letters.
    private static final double PALETTE_WIDTH = 17;

    private final ShellViewModel shell;

    ToolBarBuilder(ShellViewModel shell) {
        this.shell = shell;
    }

    void fillRow(HBox row) {
        var children = row.getChildren();
        children.addAll(button(Command.OPEN_FOLDER), separator(Orientation.VERTICAL));
        var position = new Label();
        position.getStyleClass().add("position");
        position.setMinWidth(Region.USE_PREF_SIZE);
        position.textProperty().bind(shell.positionProperty());
        children.addAll(button(Command.PREVIOUS_IMAGE), position, button(Command.NEXT_IMAGE));
        for (var group : ROW) {
            var known = group.stream().filter(this::isKnown).map(this::button).toList();
            if (!known.isEmpty()) {
                children.add(separator(Orientation.VERTICAL));
                children.addAll(known);
            }
        }
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        children.addAll(space, palette(row), separator(Orientation.VERTICAL));
        add(children, Command.RUN_ON_FILTER);
        if (isKnown(Command.EXPORT)) {
            children.add(export());
        }
        children.add(separator(Orientation.VERTICAL));
        add(children, Command.THEME);
        add(children, Command.FOCUS_MODE);
        add(children, Command.SETTINGS);
        add(children, Command.KEYS);
        RovingFocus.in(row);
    }

    /// The tools, one above the other.
    void fillTools(Pane column) {
        for (var command : Command.values()) {
            var kind = kind(command);
            if (command.group() == CommandGroup.TOOLS && isKnown(command) && kind.isPresent()) {
                column.getChildren().add(toggle(command, kind.get()));
            }
        }
        RovingFocus.in(column);
    }

    /// The tool of a command, by its name.
    static Optional<ToolKind> kind(Command command) {
        return Arrays.stream(ToolKind.values())
                .filter(kind -> {
                    var name = kind.name() + "_TOOL";
                    return name.equals(command.name()) || name.equals("ASK_" + command.name());
                })
                .findFirst();
    }

    private boolean isKnown(Command command) {
        return shell.commands().known().contains(command);
    }

    private void add(List<Node> children, Command command) {
        if (isKnown(command)) {
            children.add(button(command));
        }
    }

    private static Node separator(Orientation orientation) {
        return new Separator(orientation);
    }

    private Button button(Command command) {
        var button = new Button(null, new FontIcon(command.icon()));
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        prepare(button, command);
        return button;
    }

    private Button export() {
        var button = new Button(Texts.get("shell.export"), new FontIcon(Command.EXPORT.icon()));
        button.getStyleClass().addAll(Styles.BUTTON_OUTLINED, "export-button");
        button.setMinWidth(Region.USE_PREF_SIZE);
        prepare(button, Command.EXPORT);
        return button;
    }

    /// Looks like a field, opens the palette.
    private Button palette(HBox bar) {
        var keys = new Label();
        keys.getStyleClass().add("key-cap");
        keys.setMinWidth(Region.USE_PREF_SIZE);
        var name = new Label(Texts.get("shell.palette.button"));
        name.setMinWidth(Region.USE_PREF_SIZE);
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var row = new HBox(new FontIcon(Command.PALETTE.icon()), name, space, keys);
        row.getStyleClass().add("palette-button-row");
        row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        var button = new Button(null, row);
        button.getStyleClass().add("palette-button");
        prepare(button, Command.PALETTE);
        onKeys(() -> keys.setText(shell.keys().keyText(Command.PALETTE)));
        bar.widthProperty().addListener(_ -> narrow(bar, button, name, keys));
        return button;
    }

    /// In a narrow window its icon alone is left of it.
    private static void narrow(HBox bar, Button button, Label... words) {
        double rest = bar.prefWidth(-1) - button.prefWidth(-1);
        boolean narrow = rest + PALETTE_WIDTH * button.getFont().getSize() > bar.getWidth();
        button.getStyleClass().remove("narrow");
        if (narrow) {
            button.getStyleClass().add("narrow");
        }
        for (var word : words) {
            word.setVisible(!narrow);
            word.setManaged(!narrow);
        }
    }

    private ToggleButton toggle(Command command, ToolKind kind) {
        var button = new ToggleButton(null, new FontIcon(command.icon()));
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "tool-button");
        prepare(button, command);
        button.setSelected(shell.toolProperty().get() == kind);
        shell.toolProperty().addListener((_, _, tool) -> button.setSelected(tool == kind));
        button.setOnAction(_ -> {
            shell.commands().run(command);
            // The tool in hand stays in hand when it is chosen again.
            button.setSelected(shell.toolProperty().get() == kind);
        });
        return button;
    }

    private void prepare(ButtonBase button, Command command) {
        var tip = new Tooltip();
        button.setTooltip(tip);
        onKeys(() -> {
            var keys = shell.keys().keyText(command);
            tip.setText(
                    keys.isEmpty()
                            ? command.title()
                            : Texts.get("shell.tip", command.title(), keys));
        });
        button.setAccessibleText(command.title());
        button.disableProperty().bind(Bindings.not(shell.commands().enabled(command)));
        button.setOnAction(_ -> shell.commands().run(command));
    }

    private void onKeys(Runnable show) {
        show.run();
        shell.keys().revisionProperty().addListener(_ -> show.run());
    }
}
