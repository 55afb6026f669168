package org.palimpsest.ui.guide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ToggleButton;
import javafx.stage.Stage;
import javafx.stage.Window;

/// Which page of the guide is about what a person has before them, by the style classes of what has the focus.
///
/// Confined to the JavaFX thread.
final class Focus {
    /// What lies in the place of the images and has a page of its own.
    private static final String PAGE = "page";

    private static final String REVIEW_BAR = ".review-bar";

    /// From the style class that marks a part of the window to its page.
    static final Map<String, Topic> PARTS = parts();

    private Focus() {}

    private static Map<String, Topic> parts() {
        var parts = new LinkedHashMap<String, Topic>();
        parts.put("exchange", Topic.EXPORT);
        parts.put("settings", Topic.ACCESS);
        parts.put("shortcut-card", Topic.KEYS);
        parts.put("palette-field", Topic.KEYS);
        parts.put("prompt-panel", Topic.TASKS);
        parts.put("queue-panel", Topic.TASKS);
        parts.put("compare", Topic.EVALUATING);
        parts.put("review-queue", Topic.REVIEW);
        parts.put("reviewing", Topic.REVIEW);
        parts.put("inspector", Topic.CORRECTING);
        parts.put("labels", Topic.CORRECTING);
        return parts;
    }

    /// The page about what has the focus in the window in front.
    static Optional<Topic> topic() {
        for (var window : new ArrayList<>(Window.getWindows())) {
            if (window instanceof Stage && window.isFocused() && window.getScene() != null) {
                var topic = topic(window.getScene());
                if (topic.isPresent()) {
                    return topic;
                }
            }
        }
        return Optional.empty();
    }

    /// The innermost part that the focus is in; in review mode, the image means the review.
    static Optional<Topic> topic(Scene scene) {
        for (Node node = scene.getFocusOwner(); node != null; node = node.getParent()) {
            if (node.getStyleClass().contains(PAGE)) {
                return Optional.empty();
            }
            for (var style : node.getStyleClass()) {
                var topic = PARTS.get(style);
                if (topic != null) {
                    return Optional.of(topic);
                }
            }
        }
        if (isDialog(scene)) {
            return topicOf(scene.getRoot());
        }
        return isReviewing(scene.getRoot()) ? Optional.of(Topic.REVIEW) : Optional.empty();
    }

    private static boolean isReviewing(Parent root) {
        return root.lookup(REVIEW_BAR) instanceof Parent bar
                && bar.getChildrenUnmodifiable().stream()
                        .anyMatch(node -> node instanceof ToggleButton mode && mode.isSelected());
    }

    /// A dialog in which nothing has the focus yet is about what lies in it.
    private static boolean isDialog(Scene scene) {
        return scene.getWindow() instanceof Stage stage && stage.getOwner() != null;
    }

    private static Optional<Topic> topicOf(Node root) {
        return PARTS.entrySet().stream()
                .filter(part -> root.lookup("." + part.getKey()) != null)
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
