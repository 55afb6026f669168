package org.palimpsest.ui.canvas.tool;

import java.util.List;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.EditGroup;

/// Several edits as one step of the history, with the words that stand behind “Undo”.
final class Steps {
    private Steps() {}

    /// What a step does to so many objects.
    enum Title {
        MOVE("move %d objects"),
        COMBINE("combine %d objects"),
        CONVERT("convert %d objects"),
        TO_FRONT("bring %d objects to the front"),
        TO_BACK("send %d objects to the back");

        private final String pattern;

        Title(String pattern) {
            this.pattern = pattern;
        }
    }

    /// The edit itself where it is one.
    static Edit of(Title title, int count, List<Edit> edits) {
        return edits.size() == 1
                ? edits.getFirst()
                : new EditGroup(title.pattern.formatted(count), edits);
    }
}
