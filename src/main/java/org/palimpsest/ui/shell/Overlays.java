package org.palimpsest.ui.shell;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.palimpsest.ui.support.KeyFocus;

/// Pages that lie over the window, one at a time: they keep the focus until they are closed, and give it back.
final class Overlays {
    private final StackPane host;
    private final StackPane layer = new StackPane();
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
    private final ChangeListener<@Nullable Node> keeper = (_, _, now) -> keepFocus(now);
    private @Nullable Node before;
    private @Nullable Node first;
    private boolean giving;
    private Runnable onClose = () -> {};

    Overlays(StackPane host) {
        this.host = host;
        layer.getStyleClass().add("overlay");
        layer.addEventHandler(
                MouseEvent.MOUSE_PRESSED,
                event -> {
                    if (layer.equals(event.getTarget())) {
                        close();
                    }
                });
    }

    /// Shows a page in the place of the one that is open.
    ///
    /// @param focus what gets the focus
    /// @param onClose is run when the page is gone
    void open(Region card, Node focus, Pos where, Runnable onClose) {
        close();
        this.onClose = onClose;
        first = focus;
        card.getStyleClass().remove("overlay-card");
        card.getStyleClass().add("overlay-card");
        StackPane.setAlignment(card, where);
        layer.getChildren().setAll(card);
        var scene = host.getScene();
        before = scene == null ? null : scene.getFocusOwner();
        host.getChildren().add(layer);
        open.set(true);
        KeyFocus.give(focus);
        if (scene != null) {
            scene.focusOwnerProperty().addListener(keeper);
        }
    }

    boolean isShowing(Region card) {
        return open.get() && layer.getChildren().contains(card);
    }

    void close() {
        if (!open.get()) {
            return;
        }
        open.set(false);
        Scene scene = host.getScene();
        if (scene != null) {
            scene.focusOwnerProperty().removeListener(keeper);
        }
        host.getChildren().remove(layer);
        layer.getChildren().clear();
        if (before != null) {
            before.requestFocus();
        }
        before = null;
        onClose.run();
    }

    /// Tab goes round inside the page.
    private void keepFocus(@Nullable Node now) {
        if (giving) {
            return;
        }
        for (Node node = now; node != null; node = node.getParent()) {
            if (layer.equals(node)) {
                return;
            }
        }
        if (first != null) {
            giving = true;
            try {
                KeyFocus.give(first);
            } finally {
                giving = false;
            }
        }
    }

    ReadOnlyBooleanProperty openProperty() {
        return open.getReadOnlyProperty();
    }
}
