package org.palimpsest.ui.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.collections.SetChangeListener;
import javafx.scene.layout.VBox;

/// The panels on the right, one above the other. Confined to the JavaFX thread.
final class SideStack extends VBox {
    private final LayoutViewModel layout;
    private final Map<String, PanelBox> boxes = new LinkedHashMap<>();

    SideStack(LayoutViewModel layout) {
        this.layout = layout;
        getStyleClass().add("side-stack");
        for (var panel : layout.panels()) {
            boxes.put(panel.id(), new PanelBox(panel, layout));
        }
        arrange();
        layout.orderProperty().addListener((ListChangeListener<String>) _ -> arrange());
        layout.foldedProperty()
                .addListener(
                        (SetChangeListener<String>)
                                change -> {
                                    var id =
                                            change.wasAdded()
                                                    ? change.getElementAdded()
                                                    : change.getElementRemoved();
                                    var box = boxes.get(id);
                                    if (box != null) {
                                        box.showFolded(change.wasAdded());
                                    }
                                });
    }

    private void arrange() {
        getChildren().setAll(layout.panels().stream().map(panel -> boxes.get(panel.id())).toList());
    }

    /// Gives the focus to the first field of a panel.
    void focus(String id) {
        var box = boxes.get(id);
        if (box != null) {
            box.focusContent();
        }
    }
}
