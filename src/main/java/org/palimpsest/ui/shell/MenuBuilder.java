package org.palimpsest.ui.shell;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.CommandGroup;
import org.palimpsest.ui.support.Texts;

/// Makes the menus of the commands that somebody carries out.
final class MenuBuilder {
    /// Commands before which a line is drawn.
    private static final Set<Command> BEGINNINGS =
            EnumSet.of(
                    Command.CLOSE_PROJECT,
                    Command.IMPORT,
                    Command.SAVE_NOW,
                    Command.SETTINGS,
                    Command.QUIT,
                    Command.COPY,
                    Command.SELECT_ALL,
                    Command.DELETE,
                    Command.FIND,
                    Command.PROPAGATE,
                    Command.POLYGON_TOOL,
                    Command.POINT_TOOL,
                    Command.HAND_TOOL,
                    Command.LARGER_BRUSH,
                    Command.NEXT_OBJECT,
                    Command.UNITE,
                    Command.SIMPLIFY,
                    Command.TO_POLYGON,
                    Command.BRING_TO_FRONT,
                    Command.LOCK,
                    Command.HIDE,
                    Command.ACCEPT_ALL,
                    Command.DONE_AND_NEXT,
                    Command.REVIEW_MODE,
                    Command.RUN_ON_SELECTION,
                    Command.SEGMENT_BOX,
                    Command.COMPARE_MODELS,
                    Command.EVALUATION,
                    Command.CHOOSE_MODEL,
                    Command.OVERVIEW,
                    Command.SHOW_REJECTED,
                    Command.BROWSER_LAYOUT,
                    Command.FOCUS_MODE,
                    Command.LARGER_TEXT,
                    Command.THEME,
                    Command.DOCTOR,
                    Command.ABOUT);

    private final ShellViewModel shell;
    private final KeyDispatcher dispatcher;

    MenuBuilder(ShellViewModel shell, KeyDispatcher dispatcher) {
        this.shell = shell;
        this.dispatcher = dispatcher;
    }

    void fill(MenuBar bar) {
        for (var group : CommandGroup.values()) {
            var menu = new Menu(group.title());
            menu.setMnemonicParsing(false);
            for (var command : Command.values()) {
                if (command.group() == group && shell.commands().known().contains(command)) {
                    if (BEGINNINGS.contains(command) && !menu.getItems().isEmpty()) {
                        menu.getItems().add(new SeparatorMenuItem());
                    }
                    menu.getItems().add(item(command));
                }
            }
            if (group == CommandGroup.FILE) {
                addRecent(menu);
            }
            if (!menu.getItems().isEmpty()) {
                bar.getMenus().add(menu);
            }
        }
    }

    private MenuItem item(Command command) {
        var item = new MenuItem(command.title());
        item.setMnemonicParsing(false);
        if (!command.icon().isEmpty()) {
            item.setGraphic(new FontIcon(command.icon()));
        }
        item.disableProperty().bind(Bindings.not(shell.commands().enabled(command)));
        // The key beside a menu's name is for the eyes: the dispatcher has carried it out already.
        item.setOnAction(_ -> {
            if (!dispatcher.isKeyBeingHandled()) {
                shell.commands().run(command);
            }
        });
        showKey(item, command);
        shell.keys().revisionProperty().addListener(_ -> showKey(item, command));
        nameStep(item, command);
        return item;
    }

    private void showKey(MenuItem item, Command command) {
        var keys = shell.keys().keys(command);
        item.setAccelerator(keys.isEmpty() ? null : keys.getFirst());
    }

    /// Undo and redo say what they would undo and redo.
    private void nameStep(MenuItem item, Command command) {
        if (command == Command.UNDO || command == Command.REDO) {
            var step =
                    command == Command.UNDO ? shell.undoTitleProperty() : shell.redoTitleProperty();
            item.textProperty()
                    .bind(
                            Bindings.createStringBinding(
                                    () ->
                                            step.get().isEmpty()
                                                    ? command.title()
                                                    : Texts.get(
                                                            "shell.step",
                                                            command.title(),
                                                            step.get()),
                                    step));
        }
    }

    private void addRecent(Menu file) {
        var recent = new Menu(Texts.get("shell.recent"));
        recent.setMnemonicParsing(false);
        recent.getItems().setAll(recentItems());
        file.setOnShowing(_ -> recent.getItems().setAll(recentItems()));
        int place = 0;
        while (place < file.getItems().size()
                && !(file.getItems().get(place) instanceof SeparatorMenuItem)) {
            place++;
        }
        file.getItems().add(place, recent);
    }

    private List<MenuItem> recentItems() {
        var items = new ArrayList<MenuItem>();
        for (var file : shell.recentProjects()) {
            var item = new MenuItem(file.toString());
            item.setMnemonicParsing(false);
            item.setOnAction(_ -> shell.open(List.of(file)));
            items.add(item);
        }
        if (items.isEmpty()) {
            var none = new MenuItem(Texts.get("shell.recent.none"));
            none.setDisable(true);
            items.add(none);
        }
        return items;
    }
}
