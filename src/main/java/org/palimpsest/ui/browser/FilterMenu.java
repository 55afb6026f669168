package org.palimpsest.ui.browser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.Split;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.ui.support.Texts;

/// Terms of a filter to choose from, and filters that were saved.
final class FilterMenu {
    private static final int MOST = 60;
    private static final List<String> SCORES =
            List.of("score<0.3", "score<0.5", "score<0.7", "score>=0.9");
    private static final List<String> COUNTS =
            List.of("objects=0", "objects>0", "texts=0", "texts>0", "edits=0", "edits>0");

    private final FilterViewModel viewModel;

    FilterMenu(FilterViewModel viewModel) {
        this.viewModel = viewModel;
    }

    List<MenuItem> items() {
        var facets = viewModel.facetsProperty().get();
        var items = new ArrayList<MenuItem>();
        items.add(enums("state", ImageState.values()));
        items.add(menu("label", viewModel.labels(), Function.identity()));
        items.add(menu("tag", List.copyOf(facets.tags().keySet()), Function.identity()));
        items.add(enums("split", Split.values()));
        items.add(enums("origin", ImageFilter.Origin.values()));
        items.add(enums("review", ReviewState.values()));
        items.add(menu("prompt", facets.prompts(), Function.identity()));
        items.add(menu("model", facets.models(), Function.identity()));
        items.add(menu("absent", viewModel.labels(), Function.identity()));
        items.add(terms("score", SCORES));
        items.add(terms("counts", COUNTS));
        items.add(new SeparatorMenuItem());
        for (var saved : viewModel.savedProperty().get()) {
            var use = new MenuItem(Texts.get("browser.saved.use"));
            use.setOnAction(_ -> viewModel.use(saved));
            var forget = new MenuItem(Texts.get("browser.saved.forget"));
            forget.setOnAction(_ -> viewModel.forget(saved));
            var menu = new Menu(saved.name(), new FontIcon("mdal-bookmark_border"), use, forget);
            menu.setMnemonicParsing(false);
            items.add(menu);
        }
        var save = new MenuItem(Texts.get("browser.saveFilter"));
        save.setDisable(viewModel.textProperty().get().isBlank());
        save.setOnAction(_ -> viewModel.save());
        var clear = new MenuItem(Texts.get("browser.filter.clear"));
        clear.setDisable(viewModel.textProperty().get().isEmpty());
        clear.setOnAction(_ -> viewModel.clear());
        items.addAll(List.of(save, clear));
        return items;
    }

    private Menu enums(String key, Enum<?>[] values) {
        var names = Arrays.stream(values).map(FilterTerms::word).toList();
        return menu(
                key,
                names,
                word -> Texts.get("browser." + key + "." + values[names.indexOf(word)].name()));
    }

    private Menu menu(String key, List<String> values, Function<String, String> title) {
        var menu = new Menu(Texts.get("browser.by." + key));
        var chosen = viewModel.values(key);
        for (var value : values.subList(0, Math.min(MOST, values.size()))) {
            var item = new CheckMenuItem(title.apply(value));
            item.setMnemonicParsing(false);
            item.setSelected(chosen.contains(value));
            item.setOnAction(_ -> viewModel.toggle(key, value));
            menu.getItems().add(item);
        }
        menu.setDisable(values.isEmpty());
        return menu;
    }

    /// Terms of which one for each measure makes sense. They are shown as they are written: short, and to learn from.
    private Menu terms(String name, List<String> terms) {
        var menu = new Menu(Texts.get("browser.by." + name));
        for (var term : terms) {
            var item = new CheckMenuItem(term);
            item.setMnemonicParsing(false);
            item.setSelected(viewModel.hasTerm(term));
            item.setOnAction(_ -> viewModel.toggleOnly(term.replaceAll("[<>=].*", ""), term));
            menu.getItems().add(item);
        }
        return menu;
    }
}
