package org.palimpsest.ui.support;

import atlantafx.base.theme.Styles;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/// Says what was done in the lower right corner of a place, for some seconds, above what lies at its lower edge.
///
/// A notice waits while the pointer is on it or the focus in it. Confined to the JavaFX thread.
public final class Notices {
    private static final Duration TIME = Duration.seconds(8);
    private static final int MOST = 3;
    private static final String STYLE = "notices";

    private final VBox column;

    private Notices(VBox column) {
        this.column = column;
    }

    /// The notices of a place.
    static Notices in(StackPane host) {
        for (var node : host.getChildren()) {
            if (node instanceof VBox column && column.getStyleClass().contains(STYLE)) {
                return new Notices(column);
            }
        }
        var column = new VBox();
        column.getStyleClass().add(STYLE);
        column.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        column.setPickOnBounds(false);
        StackPane.setAlignment(column, Pos.BOTTOM_RIGHT);
        host.getChildren().add(column);
        return new Notices(column);
    }

    void show(String message) {
        add(notice(message));
    }

    /// @param action what can be done about it
    void show(String message, String action, Runnable run) {
        var notice = notice(message);
        var button = new Button(action);
        button.getStyleClass().addAll(Styles.FLAT, Styles.ACCENT, "notice-action");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> {
            column.getChildren().remove(notice);
            run.run();
        });
        notice.getChildren().add(2, button);
        add(notice);
    }

    private HBox notice(String message) {
        var text = new Label(message);
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        var close = new Button(null, new FontIcon("mdal-close"));
        close.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        close.setAccessibleText(Texts.get("support.notice.close"));
        var notice = new HBox(new FontIcon("mdal-check_circle"), text, close);
        notice.getStyleClass().add("notice-card");
        notice.setAlignment(Pos.CENTER_LEFT);
        notice.setAccessibleRole(AccessibleRole.TEXT);
        notice.setAccessibleText(message);
        close.setOnAction(_ -> column.getChildren().remove(notice));
        notice.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        column.getChildren().remove(notice);
                        event.consume();
                    }
                });
        return notice;
    }

    private void add(HBox notice) {
        column.getChildren().add(notice);
        if (column.getChildren().size() > MOST) {
            column.getChildren().removeFirst();
        }
        column.toFront();
        notice.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        goAway(notice);
    }

    private void goAway(HBox notice) {
        var pause = new PauseTransition(TIME);
        pause.setOnFinished(_ -> column.getChildren().remove(notice));
        notice.hoverProperty().addListener(_ -> wait(notice, pause));
        notice.focusWithinProperty().addListener(_ -> wait(notice, pause));
        notice.sceneProperty()
                .addListener((_, _, scene) -> {
                    if (scene == null) {
                        pause.stop();
                    }
                });
        pause.play();
    }

    private static void wait(HBox notice, Animation pause) {
        if (notice.isHover() || notice.isFocusWithin()) {
            pause.stop();
        } else if (notice.getScene() != null) {
            pause.playFromStart();
        }
    }

    /// Gives the focus to the latest notice of a window.
    ///
    /// @return whether there is one
    public static boolean focusLatest(Node root) {
        Node latest = null;
        for (var node : root.lookupAll(".notice-card")) {
            latest = node;
        }
        if (!(latest instanceof HBox notice)) {
            return false;
        }
        notice.getChildren().stream()
                .filter(Button.class::isInstance)
                .findFirst()
                .ifPresent(KeyFocus::give);
        return true;
    }
}
