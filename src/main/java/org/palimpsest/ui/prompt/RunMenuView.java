package org.palimpsest.ui.prompt;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import org.palimpsest.ui.support.Texts;

/// The button with the ways of asking about more images. Confined to the JavaFX thread.
public final class RunMenuView implements FxmlView<RunMenuViewModel> {
    @FXML private MenuButton runMenu;
    @InjectViewModel private RunMenuViewModel viewModel;

    public void initialize() {
        runMenu.setTooltip(new Tooltip(Texts.get("prompt.run.more")));
        for (var way : viewModel.ways()) {
            var item = new MenuItem(way.title());
            item.setOnAction(_ -> viewModel.run(way));
            runMenu.getItems().add(item);
        }
        // Who carries out a command may say so after this view was made.
        runMenu.setOnShowing(_ -> {
            for (int i = 0; i < viewModel.ways().size(); i++) {
                runMenu.getItems()
                        .get(i)
                        .disableProperty()
                        .bind(Bindings.not(viewModel.enabled(viewModel.ways().get(i))));
            }
        });
    }
}
