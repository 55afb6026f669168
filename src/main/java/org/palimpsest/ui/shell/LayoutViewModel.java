package org.palimpsest.ui.shell;

import de.saxsys.mvvmfx.ViewModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableSet;
import org.palimpsest.settings.WindowLayout;
import org.palimpsest.ui.settings.Preferences;

/// How the window is arranged: which panels are open, in which order, and how wide its parts are.
///
/// Confined to the interface's thread.
public final class LayoutViewModel implements ViewModel {
    static final String BROWSER = "browser";
    static final String SIDE = "side";

    /// Stands among the folded panels for one that is folded by default and was opened.
    private static final String OPENED = "+";

    private final Preferences preferences;
    private final List<SidePanel> panels;
    private final ObservableList<String> order = FXCollections.observableArrayList();
    private final ObservableSet<String> folded = FXCollections.observableSet();
    private final Map<String, Double> widths = new HashMap<>();
    private final BooleanProperty focusMode = new SimpleBooleanProperty();
    private double width;
    private double height;
    private boolean maximized;

    public LayoutViewModel(Preferences preferences) {
        this(preferences, SidePanel.ALL);
    }

    LayoutViewModel(Preferences preferences, List<SidePanel> panels) {
        this.preferences = preferences;
        this.panels = panels;
        var kept = preferences.now().layout();
        var ids = new LinkedHashSet<String>(kept.panels());
        panels.forEach(panel -> ids.add(panel.id()));
        ids.retainAll(panels.stream().map(SidePanel::id).collect(Collectors.toSet()));
        order.setAll(ids);
        for (var panel : panels) {
            boolean now =
                    panel.folded()
                            ? !kept.collapsed().contains(OPENED + panel.id())
                            : kept.collapsed().contains(panel.id());
            if (now) {
                folded.add(panel.id());
            }
        }
        widths.putAll(kept.widths());
        width = kept.width();
        height = kept.height();
        maximized = kept.maximized();
    }

    /// The panels from top to bottom.
    List<SidePanel> panels() {
        return order.stream().map(this::panel).toList();
    }

    private SidePanel panel(String id) {
        return panels.stream().filter(panel -> panel.id().equals(id)).findFirst().orElseThrow();
    }

    ObservableList<String> orderProperty() {
        return order;
    }

    ObservableSet<String> foldedProperty() {
        return folded;
    }

    boolean isFolded(String id) {
        return folded.contains(id);
    }

    void toggle(String id) {
        if (!folded.remove(id)) {
            folded.add(id);
        }
        save();
    }

    /// Opens a panel, also out of focus mode.
    void reveal(String id) {
        focusMode.set(false);
        if (folded.remove(id)) {
            save();
        }
    }

    /// Moves a panel so many places down, or up; at the ends it stays.
    void move(String id, int by) {
        int from = order.indexOf(id);
        int to = Math.clamp(from + (long) by, 0, order.size() - 1);
        if (from != to) {
            var changed = new ArrayList<>(order);
            changed.remove(from);
            changed.add(to, id);
            order.setAll(changed);
            save();
        }
    }

    /// Whether only the image is shown, without what is beside it.
    BooleanProperty focusModeProperty() {
        return focusMode;
    }

    /// The width of a part of the window, or what is usual.
    double width(String part, double usual) {
        return widths.getOrDefault(part, usual);
    }

    void setWidth(String part, double value) {
        widths.put(part, value);
    }

    double windowWidth() {
        return width;
    }

    double windowHeight() {
        return height;
    }

    boolean isMaximized() {
        return maximized;
    }

    /// What the window has when it is not as large as the screen.
    void setWindow(double newWidth, double newHeight, boolean full) {
        if (!full) {
            width = newWidth;
            height = newHeight;
        }
        maximized = full;
    }

    /// Writes the arrangement.
    void save() {
        var layout = new WindowLayout(width, height, maximized, widths, order, foldedForSettings());
        preferences.change(kept -> kept.withLayout(layout));
    }

    private Set<String> foldedForSettings() {
        var names = new LinkedHashSet<String>();
        for (var panel : panels) {
            boolean now = folded.contains(panel.id());
            if (now && !panel.folded()) {
                names.add(panel.id());
            } else if (!now && panel.folded()) {
                names.add(OPENED + panel.id());
            }
        }
        return names;
    }
}
