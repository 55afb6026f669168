package org.palimpsest.settings;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// How the window is arranged.
///
/// @param width of the window in screen units; 0 for the usual size
/// @param maximized whether it fills the screen
/// @param widths of parts of the window, by their names
/// @param panels the panels on the right in the person's order, by their names; those that are not named come last
/// @param collapsed the panels that are folded up
public record WindowLayout(
        double width,
        double height,
        boolean maximized,
        Map<String, Double> widths,
        List<String> panels,
        Set<String> collapsed) {

    public static final WindowLayout USUAL =
            new WindowLayout(0, 0, false, Map.of(), List.of(), Set.of());

    public WindowLayout {
        widths = Map.copyOf(widths);
        panels = List.copyOf(panels);
        collapsed = Set.copyOf(collapsed);
    }
}
