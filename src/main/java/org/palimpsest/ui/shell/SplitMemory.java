package org.palimpsest.ui.shell;

import java.util.ArrayList;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Region;

/// Gives the sides of the window the widths they had last, remembers those they get, and takes both away in focus mode.
///
/// Confined to the JavaFX thread.
final class SplitMemory {
    private final SplitPane split;
    private final WindowMemory memory;
    private final LayoutViewModel layout;
    private boolean arranging;

    SplitMemory(SplitPane split, WindowMemory memory, LayoutViewModel layout) {
        this.split = split;
        this.memory = memory;
        this.layout = layout;
    }

    /// The first and the last item of the split are its sides.
    void arrange(Region left, double leftWidth, Region right, double rightWidth) {
        var all = new ArrayList<Node>(split.getItems());
        var middle = all.stream().filter(node -> node != left && node != right).toList();
        left.setPrefWidth(layout.width(LayoutViewModel.BROWSER, leftWidth));
        right.setPrefWidth(layout.width(LayoutViewModel.SIDE, rightWidth));
        Runnable place = () -> place(left, right);
        split.widthProperty().addListener((_, before, _) -> {
            if (before.doubleValue() == 0) {
                place.run();
            }
        });
        left.widthProperty().addListener((_, _, now) -> keep(LayoutViewModel.BROWSER, now));
        right.widthProperty().addListener((_, _, now) -> keep(LayoutViewModel.SIDE, now));
        layout.focusModeProperty().addListener((_, _, focus) -> {
            arranging = true;
            split.getItems().setAll(focus ? middle : all);
            arranging = false;
            if (!focus) {
                place.run();
            }
        });
    }

    private void place(Region left, Region right) {
        double total = split.getWidth();
        if (total <= 0 || split.getItems().size() < 2) {
            return;
        }
        arranging = true;
        split.setDividerPositions(left.getPrefWidth() / total, 1 - right.getPrefWidth() / total);
        arranging = false;
    }

    private void keep(String part, Number width) {
        if (!arranging && width.doubleValue() > 0 && split.getScene() != null
                && split.getScene().getWindow() != null
                && split.getScene().getWindow().isShowing()) {
            layout.setWidth(part, width.doubleValue());
            memory.saveSoon();
        }
    }
}
