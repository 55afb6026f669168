package org.palimpsest.ui.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;
import org.palimpsest.ui.support.KeyFocus;

/// Leads the focus from one part of the window to the next, also out of the image, which has Tab for its objects.
///
/// Confined to the JavaFX thread.
final class FocusAreas {
    private final Supplier<List<? extends Node>> parts;

    /// @param parts the parts there are now, in the order in which one reads them
    FocusAreas(Supplier<List<? extends Node>> parts) {
        this.parts = parts;
    }

    /// Gives the focus to the next part, or to the one before for -1.
    void step(@Nullable Node focus, int by) {
        var shown = parts.get().stream().filter(part -> first(part) != null).toList();
        if (shown.isEmpty()) {
            return;
        }
        int now = -1;
        for (int i = 0; i < shown.size(); i++) {
            if (isIn(focus, shown.get(i))) {
                now = i;
            }
        }
        int next =
                now < 0 ? (by > 0 ? 0 : shown.size() - 1) : Math.floorMod(now + by, shown.size());
        var target = first(shown.get(next));
        if (target != null) {
            KeyFocus.give(target);
        }
    }

    private static boolean isIn(@Nullable Node focus, Node part) {
        for (Node node = focus; node != null; node = node.getParent()) {
            if (node.equals(part)) {
                return true;
            }
        }
        return false;
    }

    /// The first thing in a part that can have the focus.
    static @Nullable Node first(Node part) {
        var found = new ArrayList<Node>();
        collect(part, found);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static void collect(Node node, List<Node> found) {
        if (!node.isVisible() || node.isDisabled() || !found.isEmpty()) {
            return;
        }
        if (node.isFocusTraversable()) {
            found.add(node);
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
        }
    }
}
