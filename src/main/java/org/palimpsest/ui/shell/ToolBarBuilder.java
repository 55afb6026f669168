package org.palimpsest.ui.shell;

import atlantafx.base.theme.Styles;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.canvas.ToolKind;

/// Makes the row of buttons of the actions that are used most.
final class ToolBarBuilder {
    private final ShellViewModel shell;
    private final Actions actions;

    ToolBarBuilder(ShellViewModel shell, Actions actions) {
        this.shell = shell;
        this.actions = actions;
    }

    void fill(HBox row) {
        var position = new Label();
        position.getStyleClass().add("position");
        position.textProperty().bind(shell.positionProperty());
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        row.getChildren()
                .addAll(
                        button(actions.openFolder),
                        separator(),
                        button(actions.previous),
                        position,
                        button(actions.next),
                        separator(),
                        toggle(actions.select, ToolKind.SELECT),
                        toggle(actions.box, ToolKind.BOX),
                        toggle(actions.hand, ToolKind.HAND),
                        separator(),
                        button(actions.undo),
                        button(actions.redo),
                        button(actions.delete),
                        space,
                        export(),
                        separator(),
                        button(actions.theme),
                        button(actions.shortcuts));
    }

    private static Node separator() {
        return new Separator(Orientation.VERTICAL);
    }

    private static Button button(Action action) {
        var button = new Button(null, new FontIcon(action.icon()));
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        prepare(button, action);
        return button;
    }

    private Button export() {
        var button = new Button("Export", new FontIcon(actions.export.icon()));
        button.getStyleClass().addAll(Styles.BUTTON_OUTLINED, "export-button");
        prepare(button, actions.export);
        return button;
    }

    private ToggleButton toggle(Action action, ToolKind kind) {
        var button = new ToggleButton(null, new FontIcon(action.icon()));
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "tool-button");
        prepare(button, action);
        button.setSelected(shell.toolProperty().get() == kind);
        shell.toolProperty().addListener((_, _, tool) -> button.setSelected(tool == kind));
        button.setOnAction(_ -> {
            action.runIfEnabled();
            // The tool in hand stays in hand when it is chosen again.
            button.setSelected(true);
        });
        return button;
    }

    private static void prepare(ButtonBase button, Action action) {
        var keys = action.keyText();
        button.setTooltip(
                new Tooltip(keys.isEmpty() ? action.title() : action.title() + " (" + keys + ")"));
        button.setAccessibleText(action.title());
        button.setFocusTraversable(false);
        button.disableProperty().bind(Actions.disabled(action));
        button.setOnAction(_ -> action.runIfEnabled());
    }
}
