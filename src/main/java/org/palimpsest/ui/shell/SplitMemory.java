package org.palimpsest.ui.shell;

import java.util.ArrayList;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/// Gives the sides of the window the widths they had last, remembers those they get, and takes both away in focus mode.
///
/// Confined to the JavaFX thread.
final class SplitMemory {
    private final SplitPane split;
    private final WindowMemory memory;
    private final LayoutViewModel layout;
    private boolean dragging;

    SplitMemory(SplitPane split, WindowMemory memory, LayoutViewModel layout) {
        this.split = split;
        this.memory = memory;
        this.layout = layout;
    }

    /// The first and the last item of the split are its sides.
    void arrange(Region left, double leftWidth, Region right, double rightWidth) {
        var all = new ArrayList<Node>(split.getItems());
        var middle =
                all.stream().filter(node -> !left.equals(node) && !right.equals(node)).toList();
        left.setPrefWidth(layout.width(LayoutViewModel.BROWSER, leftWidth));
        right.setPrefWidth(layout.width(LayoutViewModel.SIDE, rightWidth));
        Runnable place = () -> place(left, right);
        // A side that had to give way in a small window gets its width back in a larger one.
        split.widthProperty().addListener(_ -> place.run());
        split.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> dragging = isDivider(event));
        split.addEventFilter(
                MouseEvent.MOUSE_RELEASED,
                _ -> {
                    if (dragging) {
                        dragging = false;
                        keep(LayoutViewModel.BROWSER, left);
                        keep(LayoutViewModel.SIDE, right);
                        memory.saveSoon();
                    }
                });
        layout.focusModeProperty()
                .addListener((_, _, focus) -> {
                    split.getItems().setAll(focus ? middle : all);
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
        split.setDividerPositions(left.getPrefWidth() / total, 1 - right.getPrefWidth() / total);
    }

    private static boolean isDivider(MouseEvent event) {
        for (var node = event.getTarget() instanceof Node hit ? hit : null;
                node != null;
                node = node.getParent()) {
            if (node.getStyleClass().contains("split-pane-divider")) {
                return true;
            }
        }
        return false;
    }

    private void keep(String part, Region side) {
        if (side.getWidth() > 0) {
            side.setPrefWidth(side.getWidth());
            layout.setWidth(part, side.getWidth());
        }
    }
}
