package org.palimpsest.ui.support;

import javafx.scene.Node;
import javafx.scene.TraversalDirection;

/// Gives the focus to something so that one sees it, as if Tab had led there; else JavaFX shows the focus only where the
/// person came by Tab.
public final class KeyFocus {
    private KeyFocus() {}

    /// On the JavaFX thread.
    public static void give(Node node) {
        node.requestFocus();
        if (node.isFocused() && !node.isFocusVisible()) {
            var scene = node.getScene();
            if (node.requestFocusTraversal(TraversalDirection.NEXT)) {
                var next = scene.getFocusOwner();
                if (next != null && !next.equals(node)) {
                    next.requestFocusTraversal(TraversalDirection.PREVIOUS);
                }
            }
            if (!node.equals(scene.getFocusOwner())) {
                node.requestFocus();
            }
        }
    }
}
