package org.palimpsest.ui.shell;

import java.util.List;

/// Actions that belong together: one menu, one section of the page of shortcuts.
record ActionGroup(String title, List<Action> actions) {
    ActionGroup {
        actions = List.copyOf(actions);
    }
}
