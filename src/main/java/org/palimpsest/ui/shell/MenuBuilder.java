package org.palimpsest.ui.shell;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;
import org.kordamp.ikonli.javafx.FontIcon;

/// Makes the menus of the actions.
final class MenuBuilder {
    private final ShellViewModel shell;

    MenuBuilder(ShellViewModel shell) {
        this.shell = shell;
    }

    void fill(MenuBar bar, List<ActionGroup> groups) {
        for (var group : groups) {
            var menu = new Menu(group.title());
            menu.setMnemonicParsing(false);
            for (var action : group.actions()) {
                menu.getItems().add(item(action));
            }
            bar.getMenus().add(menu);
        }
    }

    private MenuItem item(Action action) {
        var item = new MenuItem(action.title());
        item.setMnemonicParsing(false);
        if (!action.icon().isEmpty()) {
            item.setGraphic(new FontIcon(action.icon()));
        }
        item.disableProperty().bind(Actions.disabled(action));
        item.setOnAction(_ -> action.runIfEnabled());
        action.keys().stream()
                .filter(MenuBuilder::isSafeInMenu)
                .findFirst()
                .ifPresent(item::setAccelerator);
        nameStep(item, action);
        return item;
    }

    /// Undo and redo say what they would undo and redo.
    private void nameStep(MenuItem item, Action action) {
        switch (action.title()) {
            case "Undo" ->
                    item.textProperty().bind(Bindings.concat("Undo ", shell.undoTitleProperty()));
            case "Redo" ->
                    item.textProperty().bind(Bindings.concat("Redo ", shell.redoTitleProperty()));
            default -> {}
        }
    }

    /// A menu's key works everywhere, also in a text field: a plain letter must not be one.
    private static boolean isSafeInMenu(KeyCombination keys) {
        return keys.getShortcut() == ModifierValue.DOWN
                || keys instanceof KeyCodeCombination code && code.getCode().isFunctionKey();
    }
}
