package org.palimpsest.ui.prompt;

import de.saxsys.mvvmfx.FxmlView;
import de.saxsys.mvvmfx.InjectViewModel;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import org.palimpsest.settings.PromptPreset;
import org.palimpsest.ui.support.Texts;

/// The menu of prompts that the person kept. Confined to the JavaFX thread.
public final class PresetsView implements FxmlView<PresetsViewModel> {
    @FXML private MenuButton presets;
    @InjectViewModel private PresetsViewModel viewModel;

    public void initialize() {
        presets.setTooltip(new Tooltip(Texts.get("prompt.presets.tip")));
        viewModel.presets().addListener((ListChangeListener<PromptPreset>) _ -> fill());
        fill();
    }

    private void fill() {
        presets.getItems().clear();
        for (var preset : viewModel.presets()) {
            var item = new MenuItem(preset.name());
            item.setMnemonicParsing(false);
            item.setOnAction(_ -> viewModel.use(preset));
            presets.getItems().add(item);
        }
        if (viewModel.presets().isEmpty()) {
            var none = new MenuItem(Texts.get("prompt.presets.none"));
            none.setDisable(true);
            presets.getItems().add(none);
        }
        var keep = new MenuItem(Texts.get("prompt.presets.keep"));
        keep.disableProperty().bind(viewModel.promptProperty().map(String::isEmpty));
        keep.setOnAction(_ -> viewModel.keep());
        presets.getItems().addAll(new SeparatorMenuItem(), keep);
        if (!viewModel.presets().isEmpty()) {
            presets.getItems().add(removal());
        }
    }

    private Menu removal() {
        var remove = new Menu(Texts.get("prompt.presets.remove"));
        for (var preset : viewModel.presets()) {
            var item = new MenuItem(preset.name());
            item.setMnemonicParsing(false);
            item.setOnAction(_ -> viewModel.remove(preset));
            remove.getItems().add(item);
        }
        return remove;
    }
}
