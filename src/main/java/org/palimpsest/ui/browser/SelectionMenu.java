package org.palimpsest.ui.browser;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Split;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.support.Texts;

/// What can be done with the selected images.
final class SelectionMenu {
    private final BrowserViewModel viewModel;

    SelectionMenu(BrowserViewModel viewModel) {
        this.viewModel = viewModel;
    }

    List<MenuItem> items() {
        var items = new ArrayList<MenuItem>();
        int count = viewModel.selectedIds().size();
        var title = new MenuItem(Texts.get("browser.selected", count));
        title.setDisable(true);
        items.add(title);
        var states = new Menu(Texts.get("browser.setState"));
        for (var state : ImageState.values()) {
            states.getItems()
                    .add(
                            item(
                                    Texts.get("browser.state." + state),
                                    StateIcons.of(state),
                                    () -> viewModel.setState(state)));
        }
        var splits = new Menu(Texts.get("browser.setSplit"));
        for (var split : Split.values()) {
            splits.getItems()
                    .add(
                            item(
                                    Texts.get("browser.split." + split),
                                    null,
                                    () -> viewModel.setSplit(split)));
        }
        items.addAll(List.of(states, splits, addTag(), removeTag()));
        items.forEach(item -> item.setDisable(item.isDisable() || count == 0));
        items.add(new SeparatorMenuItem());
        items.add(command(Command.RUN_ON_SELECTION));
        items.add(command(Command.EXPORT));
        items.add(new SeparatorMenuItem());
        var remove =
                item(
                        Texts.get("browser.remove"),
                        new FontIcon("mdal-delete_outline"),
                        viewModel::removeSelected);
        remove.setDisable(count == 0);
        items.add(remove);
        return items;
    }

    private Menu addTag() {
        var menu = new Menu(Texts.get("browser.addTag"));
        for (var tag : viewModel.filter().facetsProperty().get().tags().keySet()) {
            menu.getItems().add(item(tag, null, () -> viewModel.addTag(tag)));
        }
        if (!menu.getItems().isEmpty()) {
            menu.getItems().add(new SeparatorMenuItem());
        }
        menu.getItems().add(item(Texts.get("browser.newTag"), null, viewModel::addNewTag));
        return menu;
    }

    private Menu removeTag() {
        var menu = new Menu(Texts.get("browser.removeTag"));
        for (var tag : viewModel.tagsOfSelected()) {
            menu.getItems().add(item(tag, null, () -> viewModel.removeTag(tag)));
        }
        menu.setDisable(menu.getItems().isEmpty());
        return menu;
    }

    private MenuItem command(Command command) {
        var item = item(command.title(), null, () -> viewModel.commands().run(command));
        if (!command.icon().isEmpty()) {
            item.setGraphic(new FontIcon(command.icon()));
        }
        item.setDisable(!viewModel.commands().enabled(command).get());
        return item;
    }

    private static MenuItem item(String text, @Nullable Node icon, Runnable run) {
        var item = new MenuItem(text, icon);
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> run.run());
        return item;
    }
}
