package org.palimpsest.ui.shell;

import atlantafx.base.theme.Styles;
import de.saxsys.mvvmfx.FluentViewLoader;
import de.saxsys.mvvmfx.FxmlView;
import java.util.ArrayList;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.palimpsest.ui.support.Texts;

/// One panel: a heading that folds it and moves it, and what is in it. Confined to the JavaFX thread.
final class PanelBox extends VBox {
    private static final double LEAST_DRAG = 4;

    private final SidePanel panel;
    private final LayoutViewModel layout;
    private final FontIcon arrow = new FontIcon("mdal-expand_more");
    private final Button fold = new Button(null, arrow);
    private final HBox extras = new HBox();
    private final HBox heading = new HBox();
    private Optional<Node> content = Optional.empty();
    private double pressedAt;
    private boolean dragged;

    PanelBox(SidePanel panel, LayoutViewModel layout) {
        this.panel = panel;
        this.layout = layout;
        var title = Texts.get(panel.title());
        fold.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        fold.setOnAction(_ -> layout.toggle(panel.id()));
        fold.addEventHandler(KeyEvent.KEY_PRESSED, this::moveByKey);
        var name = new Label(title);
        name.getStyleClass().add("panel-title");
        name.setMinWidth(Region.USE_PREF_SIZE);
        extras.setAlignment(Pos.CENTER_RIGHT);
        extras.getStyleClass().add("panel-extras");
        HBox.setHgrow(extras, Priority.ALWAYS);
        heading.getStyleClass().add("panel-heading");
        heading.setAlignment(Pos.CENTER_LEFT);
        heading.getChildren().addAll(fold, name, extras);
        heading.setOnMousePressed(event -> {
            pressedAt = event.getScreenY();
            dragged = false;
        });
        heading.setOnMouseDragged(this::drag);
        heading.setOnMouseReleased(this::released);
        heading.setOnContextMenuRequested(
                event -> menu().show(heading, event.getScreenX(), event.getScreenY()));
        getStyleClass().add("panel-box");
        getChildren().add(heading);
        showFolded(layout.isFolded(panel.id()));
    }

    private ContextMenu menu() {
        var up = new MenuItem(Texts.get("shell.panel.up"));
        up.setOnAction(_ -> layout.move(panel.id(), -1));
        var down = new MenuItem(Texts.get("shell.panel.down"));
        down.setOnAction(_ -> layout.move(panel.id(), 1));
        return new ContextMenu(up, down);
    }

    private void moveByKey(KeyEvent event) {
        if (event.isAltDown() && event.getCode() == KeyCode.UP) {
            layout.move(panel.id(), -1);
        } else if (event.isAltDown() && event.getCode() == KeyCode.DOWN) {
            layout.move(panel.id(), 1);
        } else {
            return;
        }
        fold.requestFocus();
        event.consume();
    }

    private void drag(MouseEvent event) {
        if (Math.abs(event.getScreenY() - pressedAt) < LEAST_DRAG && !dragged) {
            return;
        }
        dragged = true;
        if (!(getParent() instanceof Pane stack)) {
            return;
        }
        int place = stack.getChildren().indexOf(this);
        if (place > 0 && event.getScreenY() < middle(stack.getChildren().get(place - 1))) {
            layout.move(panel.id(), -1);
        } else if (place < stack.getChildren().size() - 1
                && event.getScreenY() > middle(stack.getChildren().get(place + 1))) {
            layout.move(panel.id(), 1);
        }
    }

    private static double middle(Node node) {
        Bounds bounds = node.localToScreen(node.getLayoutBounds());
        return bounds.getCenterY();
    }

    private void released(MouseEvent event) {
        if (!dragged && event.getButton() == MouseButton.PRIMARY) {
            layout.toggle(panel.id());
        }
    }

    void showFolded(boolean folded) {
        var title = Texts.get(panel.title());
        var does = Texts.get(folded ? "shell.panel.open" : "shell.panel.fold", title);
        arrow.setIconLiteral(folded ? "mdal-chevron_right" : "mdal-expand_more");
        fold.setAccessibleText(does);
        fold.setTooltip(new Tooltip(does));
        if (!folded && content.isEmpty()) {
            load();
        }
        content.ifPresent(node -> {
            node.setVisible(!folded);
            node.setManaged(!folded);
        });
        VBox.setVgrow(this, panel.grows() && !folded ? Priority.ALWAYS : Priority.NEVER);
    }

    private void load() {
        Parent view = load(panel.view());
        takeHeading(view);
        VBox.setVgrow(view, Priority.ALWAYS);
        getChildren().add(view);
        content = Optional.of(view);
    }

    @SuppressWarnings({
        "unchecked",
        "rawtypes"
    }) // mvvmFX wants the view model's type, which is not known here.
    private static Parent load(Class<? extends FxmlView<?>> view) {
        return FluentViewLoader.fxmlView((Class) view)
                .resourceBundle(Texts.bundle())
                .load()
                .getView();
    }

    /// What the view has in a heading of its own goes into this one.
    private void takeHeading(Parent view) {
        if (view.getChildrenUnmodifiable().isEmpty()
                || !(view.getChildrenUnmodifiable().getFirst() instanceof HBox own)
                || !own.getStyleClass().contains("panel-header")) {
            return;
        }
        for (var node : new ArrayList<>(own.getChildren())) {
            own.getChildren().remove(node);
            if (!node.getStyleClass().contains("panel-title")) {
                extras.getChildren().add(node);
            }
        }
        own.setVisible(false);
        own.setManaged(false);
    }

    void focusContent() {
        content.ifPresentOrElse(Node::requestFocus, fold::requestFocus);
    }
}
