package org.palimpsest.ui.canvas.tool;

import java.util.List;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.EditGroup;
import org.palimpsest.ui.support.Texts;

/// Several edits as one step of the history, with the words that stand behind “Undo”.
public final class Steps {
    private Steps() {}

    /// What a step does to so many objects.
    public enum Title {
        MOVE,
        COMBINE,
        CONVERT,
        TO_FRONT,
        TO_BACK,
        RENAME
    }

    /// The edit itself where it is one.
    public static Edit of(Title title, int count, List<Edit> edits) {
        return edits.size() == 1
                ? edits.getFirst()
                : new EditGroup(Texts.get("tools.step." + title.name(), count), edits);
    }
}
