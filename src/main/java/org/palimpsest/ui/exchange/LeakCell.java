package org.palimpsest.ui.exchange;

import java.util.function.Function;
import javafx.scene.control.ListCell;
import org.palimpsest.dataset.split.SplitPlan;

/// One group of images that belong together and are in several parts.
final class LeakCell extends ListCell<SplitPlan.Group> {
    private final Function<SplitPlan.Group, String> words;

    LeakCell(Function<SplitPlan.Group, String> words) {
        this.words = words;
        getStyleClass().add("finding-cell");
    }

    @Override
    protected void updateItem(SplitPlan.Group item, boolean empty) {
        super.updateItem(item, empty);
        setText(empty || item == null ? null : words.apply(item));
    }
}
