package org.palimpsest.ui.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Slider;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;

/// Looks through a window for text that is hard to read or cut off, and for controls without a name. To be used on the
/// JavaFX thread.
///
/// Parts of these style classes can be left out, such as those of other features.
public final class Contrast {
    /// What is asked for (WCAG 2.2, 1.4.3).
    public static final double LEAST = 4.5;

    private Contrast() {}

    /// Every text that is seen and stands out too little, with its contrast. What cannot be used now is not looked at.
    public static List<String> faint(Parent root, Set<String> without) {
        var found = new ArrayList<String>();
        walk(
                root,
                without,
                node -> {
                    if (node instanceof Text text && !text.getText().isBlank() && !isOff(text)) {
                        var below = backgrounds(text);
                        if (text.getFill() instanceof Color color) {
                            double contrast = ratio(over(withOpacity(color, text), below), below);
                            if (contrast < LEAST) {
                                found.add(
                                        "%.2f \"%s\" %s on %s in %s"
                                                .formatted(
                                                        contrast,
                                                        text.getText(),
                                                        color,
                                                        below,
                                                        path(text)));
                            }
                        }
                    }
                });
        return found;
    }

    /// Every label and button that is seen but has less room than its text needs.
    public static List<String> clipped(Parent root, Set<String> without) {
        var found = new ArrayList<String>();
        walk(
                root,
                without,
                node -> {
                    if (node instanceof Labeled labeled
                            && labeled.getText() != null
                            && !labeled.getText().isBlank()
                            // A path that is shortened in its middle is meant to be.
                            && labeled.getTextOverrun() != OverrunStyle.CENTER_ELLIPSIS
                            && isShort(labeled)) {
                        found.add("\"%s\" in %s".formatted(labeled.getText(), path(labeled)));
                    }
                });
        return found;
    }

    private static boolean isShort(Labeled labeled) {
        return labeled.lookupAll(".text").stream()
                .filter(Text.class::isInstance)
                .map(Text.class::cast)
                .anyMatch(text ->
                        text.getParent() == labeled
                                && !text.getText().equals(labeled.getText())
                                && !labeled.getText().replace("_", "").equals(text.getText()));
    }

    /// Every text that is seen in part: it goes beyond the window, or beyond what shows it, to the left or right; and
    /// every hint in an empty field that is longer than the field.
    public static List<String> overhanging(Parent root, Set<String> without) {
        var found = new ArrayList<String>();
        walk(
                root,
                without,
                node -> {
                    if (node instanceof Labeled labeled && !isBlank(labeled.getText())) {
                        var at = labeled.localToScene(labeled.getLayoutBounds());
                        for (Node one = labeled; one != null; one = one.getParent()) {
                            if (one.getClip() != null
                                    && sticksOut(
                                            at,
                                            one.localToScene(one.getClip().getBoundsInParent()))) {
                                found.add("\"%s\" in %s".formatted(labeled.getText(), path(one)));
                            }
                        }
                        if (at.getMinX() < -1 || at.getMaxX() > node.getScene().getWidth() + 1) {
                            found.add("\"%s\" in the window".formatted(labeled.getText()));
                        }
                    }
                    if (node instanceof TextInputControl field
                            && !(field instanceof TextArea)
                            && field.getLength() == 0
                            && !isBlank(field.getPromptText())) {
                        var text = new Text(field.getPromptText());
                        text.setFont(field.getFont());
                        double room =
                                field.getWidth()
                                        - field.snappedLeftInset()
                                        - field.snappedRightInset();
                        if (text.getLayoutBounds().getWidth() > room + 1) {
                            found.add("\"%s\" in %s".formatted(field.getPromptText(), path(field)));
                        }
                    }
                });
        return found;
    }

    private static boolean sticksOut(Bounds inner, Bounds outer) {
        return inner.getMinX() < outer.getMinX() - 1 || inner.getMaxX() > outer.getMaxX() + 1;
    }

    /// Every control that is seen, can be used, and has neither a text nor a name for a screen reader.
    public static List<String> nameless(Parent root, Set<String> without) {
        var found = new ArrayList<String>();
        walk(
                root,
                without,
                node -> {
                    boolean matters =
                            node instanceof ButtonBase
                                    || node instanceof TextInputControl
                                    || node instanceof ComboBoxBase<?>
                                    || node instanceof ChoiceBox<?>
                                    || node instanceof Slider
                                    || node instanceof ListView<?>;
                    if (matters
                            && isBlank(node.getAccessibleText())
                            && !(node instanceof Labeled labeled && !isBlank(labeled.getText()))
                            && !isPartOfControl(node)
                            && !isLabelled(node)) {
                        found.add(path(node));
                    }
                });
        return found;
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /// The field in a combo box, the buttons of a menu bar and the like are named by the whole.
    private static boolean isPartOfControl(Node node) {
        for (Node one = node.getParent(); one != null; one = one.getParent()) {
            if (one instanceof ComboBoxBase<?>
                    || one.getStyleClass().contains("menu-bar")
                    || one.getStyleClass().contains("spinner")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLabelled(Node node) {
        Node root = node.getScene().getRoot();
        return root.lookupAll(".label").stream()
                .anyMatch(one ->
                        one instanceof javafx.scene.control.Label label
                                && label.getLabelFor() == node);
    }

    private static void walk(Node node, Set<String> without, Consumer<Node> look) {
        if (node.getStyleClass().stream().anyMatch(without::contains)) {
            return;
        }
        if (!node.isVisible() || node.getOpacity() == 0 || isOutside(node)) {
            return;
        }
        look.accept(node);
        if (node instanceof Parent parent) {
            for (var child : parent.getChildrenUnmodifiable()) {
                walk(child, without, look);
            }
        }
    }

    private static boolean isOutside(Node node) {
        if (node.getScene() == null) {
            return true;
        }
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        return bounds.getMaxX() < 0
                || bounds.getMaxY() < 0
                || bounds.getMinX() > node.getScene().getWidth()
                || bounds.getMinY() > node.getScene().getHeight();
    }

    /// A menu's item is off by its looks alone.
    private static boolean isOff(Node node) {
        for (Node one = node; one != null; one = one.getParent()) {
            if (one.isDisabled()
                    || one.getPseudoClassStates()
                            .contains(PseudoClass.getPseudoClass("disabled"))) {
                return true;
            }
        }
        return false;
    }

    /// The colour behind a node: the backgrounds of all it lies on, from the window's up.
    private static Color backgrounds(Node node) {
        var layers = new ArrayList<Node>();
        for (Node one = node.getParent(); one != null; one = one.getParent()) {
            layers.addFirst(one);
        }
        Color below = Color.WHITE;
        for (var layer : layers) {
            if (layer instanceof Region region && region.getBackground() != null) {
                for (var fill : region.getBackground().getFills()) {
                    if (fill.getFill() instanceof Color color) {
                        below = over(withOpacity(color, region), below);
                    }
                }
            }
        }
        return below;
    }

    private static Color withOpacity(Color color, Node node) {
        double opacity = color.getOpacity();
        for (Node one = node; one != null; one = one.getParent()) {
            opacity *= one.getOpacity();
        }
        return Color.color(color.getRed(), color.getGreen(), color.getBlue(), opacity);
    }

    static Color over(Color above, Color below) {
        double share = above.getOpacity();
        return Color.color(
                above.getRed() * share + below.getRed() * (1 - share),
                above.getGreen() * share + below.getGreen() * (1 - share),
                above.getBlue() * share + below.getBlue() * (1 - share));
    }

    /// How much two colours differ, 1 to 21.
    public static double ratio(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed())
                + 0.7152 * linear(color.getGreen())
                + 0.0722 * linear(color.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private static String path(Node node) {
        var names = new StringBuilder();
        int depth = 0;
        for (Node one = node; one != null && depth < 5; one = one.getParent(), depth++) {
            names.insert(
                    0,
                    "/"
                            + one.getClass().getSimpleName()
                            + (one instanceof Control || one instanceof Region
                                    ? one.getStyleClass()
                                    : ""));
        }
        return names.toString();
    }
}
