package org.palimpsest.ui.support;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.TraversalDirection;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Control;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Slider;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;

/// Goes through a scene as a person does who has no mouse, or does not see: every control has a name and a role, Tab
/// reaches it in the order in which one reads, and it shows that it has the focus. Not to be used on the JavaFX thread.
public final class Reach {
    /// More stops than any page has.
    private static final int MOST_STOPS = 400;

    /// So many pixels at least change where the focus comes.
    private static final int LEAST_PIXELS = 12;

    private final Scene scene;
    private final Predicate<Node> reachedOtherwise;
    private final Set<String> lookedAt;
    private final List<String> faults = new ArrayList<>();
    private final List<Node> order = new ArrayList<>();

    private Reach(Scene scene, Predicate<Node> reachedOtherwise, Set<String> lookedAt) {
        this.scene = scene;
        this.reachedOtherwise = reachedOtherwise;
        this.lookedAt = lookedAt;
    }

    /// What is wrong with a scene.
    ///
    /// @param reachedOtherwise whether there is another key than Tab that leads to a node
    /// @param lookedAt the kinds of controls that were seen with and without the focus already; gets those seen here
    public static List<String> faults(
            Scene scene, Predicate<Node> reachedOtherwise, Set<String> lookedAt) throws Exception {
        var reach = new Reach(scene, reachedOtherwise, lookedAt);
        var begin = FxThread.call(scene::getFocusOwner);
        FxThread.run(() -> {
            reach.names(scene.getRoot());
            reach.walk();
        });
        reach.look();
        if (begin != null) {
            FxThread.run(begin::requestFocus);
        }
        return reach.faults;
    }

    private void names(Node node) {
        if (!node.isVisible()) {
            return;
        }
        boolean used = node.isFocusTraversable() && !isPartOfControl(node);
        if (used && name(node).isBlank()) {
            faults.add("nameless: " + path(node));
        }
        if (used && !(node instanceof Control) && isUnknown(node.getAccessibleRole())) {
            faults.add("without a role: " + path(node));
        }
        if (node instanceof Canvas && !isExplained(node)) {
            faults.add("a picture without words: " + path(node));
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(this::names);
        }
    }

    private static boolean isUnknown(AccessibleRole role) {
        return role == null || role == AccessibleRole.NODE || role == AccessibleRole.PARENT;
    }

    /// A drawing has a role and a name itself, or what it is a part of has.
    private static boolean isExplained(Node drawing) {
        Node node = drawing;
        for (int i = 0; i < 5 && node != null; i++, node = node.getParent()) {
            if (!isUnknown(node.getAccessibleRole())
                    && (!name(node).isBlank() || isCell(node) && hasWords(node))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCell(Node node) {
        return node.getAccessibleRole() == AccessibleRole.LIST_ITEM;
    }

    private static boolean hasWords(Node node) {
        return node.lookupAll(".label").stream()
                .anyMatch(one -> one instanceof Label label && !label.getText().isBlank());
    }

    /// What a screen reader says of a control.
    private static String name(Node node) {
        if (!isBlank(node.getAccessibleText())) {
            return node.getAccessibleText();
        }
        var spoken = node.queryAccessibleAttribute(javafx.scene.AccessibleAttribute.TEXT);
        boolean typed = node instanceof TextInputControl;
        if (!typed && spoken instanceof String words && !words.isBlank()) {
            return words;
        }
        if (!typed && node instanceof Labeled labeled && !isBlank(labeled.getText())) {
            return labeled.getText();
        }
        for (var one : node.getScene().getRoot().lookupAll(".label")) {
            if (one instanceof Label label && node.equals(label.getLabelFor())) {
                return label.getText();
            }
        }
        return node instanceof Control control && control.getTooltip() != null
                ? control.getTooltip().getText()
                : "";
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /// Fields in a combo box, the buttons of a scroll bar and cells of a list are named and reached by the whole.
    private static boolean isPartOfControl(Node node) {
        for (Node one = node.getParent(); one != null; one = one.getParent()) {
            boolean whole =
                    one instanceof javafx.scene.control.ComboBoxBase<?>
                            || one instanceof javafx.scene.control.Spinner<?>
                            || one instanceof ScrollBar
                            || one instanceof Slider
                            || one instanceof javafx.scene.control.MenuBar
                            || one instanceof TextInputControl;
            if (whole) {
                return true;
            }
        }
        return node instanceof ScrollBar;
    }

    private static boolean isInCell(Node node) {
        for (Node one = node.getParent(); one != null; one = one.getParent()) {
            if (one instanceof ListView<?> || one instanceof TableView<?>) {
                return true;
            }
        }
        return false;
    }

    /// Tab by Tab once round the scene.
    private void walk() {
        Set<Node> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        var begin = scene.getFocusOwner();
        if (!scene.getWindow().isFocused()) {
            faults.add("the window does not have the focus");
        }
        if (begin == null) {
            faults.add("nothing has the focus");
            return;
        }
        Node now = begin;
        for (int i = 0; i < MOST_STOPS; i++) {
            now.requestFocusTraversal(TraversalDirection.NEXT);
            var next = scene.getFocusOwner();
            if (next == null || !reached.add(next)) {
                break;
            }
            order.add(next);
            now = next;
        }
        // The round began where the focus was: the page's own first stop comes first.
        var all = new ArrayList<Node>();
        collect(scene.getRoot(), all);
        int first = 0;
        for (int i = 1; i < order.size(); i++) {
            first = all.indexOf(order.get(i)) < all.indexOf(order.get(first)) ? i : first;
        }
        if (scene.getRoot() instanceof DialogPane) {
            // Its buttons come first as nodes, not as steps; where there is nothing else, the left
            // one is first.
            first = Math.max(0, begin instanceof ButtonBase ? leftmost() : order.indexOf(begin));
        }
        Collections.rotate(order, -first);
        for (int i = 1; i < order.size(); i++) {
            compare(order.get(i - 1), order.get(i));
        }
        unreached(scene.getRoot(), reached);
    }

    private int leftmost() {
        return IntStream.range(0, order.size())
                .boxed()
                .min(Comparator.comparingDouble(i -> left(order.get(i))))
                .orElse(0);
    }

    private static double left(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMinX();
    }

    private static void collect(Node node, List<Node> all) {
        all.add(node);
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, all));
        }
    }

    private void unreached(Node node, Set<Node> reached) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (node.isFocusTraversable()
                && !reached.contains(node)
                && !isPartOfControl(node)
                && !isInCell(node)
                && !isOfGroup(node, reached)
                && !reachedOtherwise.test(node)) {
            faults.add("not reached by Tab: " + path(node));
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> unreached(child, reached));
        }
    }

    /// Arrow keys go round a group of toggles.
    private static boolean isOfGroup(Node node, Set<Node> reached) {
        return node instanceof ToggleButton toggle
                && toggle.getToggleGroup() != null
                && toggle.getToggleGroup().getToggles().stream()
                        .anyMatch(one -> one instanceof Node other && reached.contains(other));
    }

    /// One reads from above to below, and in a line from left to right.
    private void compare(Node before, Node after) {
        Parent common = before.getParent();
        while (common != null && !isAbove(common, after)) {
            common = common.getParent();
        }
        var one = childOf(common, before);
        var other = childOf(common, after);
        if (one == null || other == null || one.equals(other)) {
            return;
        }
        var a = one.localToScene(one.getLayoutBounds());
        var b = other.localToScene(other.getLayoutBounds());
        double slack = 3;
        boolean sameColumn = b.getMinX() < a.getMaxX() - slack && a.getMinX() < b.getMaxX() - slack;
        boolean sameLine = b.getMinY() < a.getMaxY() - slack && a.getMinY() < b.getMaxY() - slack;
        boolean upwards = b.getMaxY() <= a.getMinY() + slack && sameColumn;
        boolean backwards = b.getMaxX() <= a.getMinX() + slack && sameLine;
        if (upwards || backwards) {
            faults.add("read before, reached after: " + path(after) + " after " + path(before));
        }
    }

    private static boolean isAbove(Parent parent, Node node) {
        for (Node one = node.getParent(); one != null; one = one.getParent()) {
            if (one.equals(parent)) {
                return true;
            }
        }
        return false;
    }

    private static Node childOf(Parent common, Node node) {
        Node child = node;
        while (child != null && child.getParent() != common) {
            child = child.getParent();
        }
        return child;
    }

    /// Whether one sees that a control has the focus: it looks otherwise than without.
    private void look() throws Exception {
        for (int i = 0; i < order.size(); i++) {
            var node = order.get(i);
            if (FxThread.call(() -> lookedAt.add(kind(node)))) {
                var before = order.get(Math.floorMod(i - 1, order.size()));
                look(before, node);
            }
        }
    }

    private void look(Node before, Node node) throws Exception {
        FxThread.run(() -> {
            before.requestFocus();
            before.requestFocusTraversal(TraversalDirection.NEXT);
        });
        awaitPulse();
        if (FxThread.call(() -> isOutside(node.localToScene(node.getLayoutBounds())))) {
            faults.add("has the focus out of sight: " + path(node));
            return;
        }
        var place = FxThread.call(() -> node.localToScene(node.getLayoutBounds()));
        var with = FxThread.call(() -> picture(place));
        FxThread.run(() -> scene.getRoot().requestFocus());
        // An overlay keeps the focus on its first control, perhaps the only one.
        var after = order.get((order.indexOf(node) + 1) % order.size());
        if (FxThread.call(() -> scene.getRoot() != scene.getFocusOwner())) {
            if (after == node) {
                return;
            }
            FxThread.run(after::requestFocus);
        }
        awaitPulse();
        var without = FxThread.call(() -> picture(place));
        if (different(with, without) < LEAST_PIXELS) {
            faults.add("does not show its focus: " + path(node));
        }
    }

    /// Controls of one style look the same.
    private static String kind(Node node) {
        var kind = new StringBuilder();
        int depth = 0;
        for (Node one = node; one != null && depth < 3; one = one.getParent(), depth++) {
            kind.append(one.getClass().getSimpleName()).append(one.getStyleClass()).append(' ');
        }
        return kind.toString();
    }

    private void awaitPulse() throws Exception {
        var done = new CountDownLatch(1);
        FxThread.run(() -> {
            scene.addPostLayoutPulseListener(
                    new Runnable() {
                        @Override
                        public void run() {
                            scene.removePostLayoutPulseListener(this);
                            done.countDown();
                        }
                    });
            Platform.requestNextPulse();
        });
        if (!done.await(5, TimeUnit.SECONDS)) {
            throw new AssertionError("No pulse");
        }
    }

    private boolean isOutside(Bounds bounds) {
        return bounds.getMaxX() <= 0
                || bounds.getMaxY() <= 0
                || bounds.getMinX() >= scene.getWidth()
                || bounds.getMinY() >= scene.getHeight();
    }

    private WritableImage picture(Bounds bounds) {
        var parameters = new SnapshotParameters();
        parameters.setViewport(
                new Rectangle2D(
                        bounds.getMinX() - 4,
                        bounds.getMinY() - 4,
                        Math.max(8, bounds.getWidth() + 8),
                        Math.max(8, bounds.getHeight() + 8)));
        return scene.getRoot().snapshot(parameters, null);
    }

    private static int different(WritableImage one, WritableImage other) {
        int count = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                int a = one.getPixelReader().getArgb(x, y);
                int b = other.getPixelReader().getArgb(x, y);
                int most = 0;
                for (int shift = 0; shift < 24; shift += 8) {
                    most = Math.max(most, Math.abs((a >> shift & 0xFF) - (b >> shift & 0xFF)));
                }
                count += most > 24 ? 1 : 0;
            }
        }
        return count;
    }

    private static String path(Node node) {
        var names = new LinkedHashSet<String>();
        int depth = 0;
        for (Node one = node; one != null && depth < 5; one = one.getParent(), depth++) {
            var text = one instanceof Labeled labeled ? " \"" + labeled.getText() + "\"" : "";
            names.add(
                    one.getClass().getSimpleName()
                            + (one.getId() == null ? "" : "#" + one.getId())
                            + (one instanceof Region ? one.getStyleClass() : "")
                            + text);
        }
        return String.join(" < ", names);
    }
}
