package org.palimpsest.ui.canvas.tool;

import java.util.Set;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.geometry.Box;

/// What a tool wants to happen after a move of the pointer or a key.
public sealed interface ToolEffect {

    /// Nothing, and what is previewed stays.
    record Nothing() implements ToolEffect {}

    /// The pointer's looks.
    record Cursor(CursorKind kind) implements ToolEffect {}

    /// These are selected and no others; previews end.
    record Select(Set<AnnotationId> ids) implements ToolEffect {
        public Select {
            ids = Set.copyOf(ids);
        }
    }

    /// This is shown, in the place of what was shown before.
    record Show(Preview preview) implements ToolEffect {}

    /// A gesture is done: one step of the history. Previews end.
    ///
    /// @param selection what is selected afterwards
    /// @param naming whether the person should now be asked for the label
    record Commit(Edit edit, Set<AnnotationId> selection, boolean naming) implements ToolEffect {
        public Commit {
            selection = Set.copyOf(selection);
        }
    }

    /// The image is moved under the pointer by so many image pixels.
    record Pan(double deltaX, double deltaY) implements ToolEffect {}

    /// A task shall be run on this part of the image. Previews end.
    record AskRegion(Box box) implements ToolEffect {}

    /// Nothing happened, and the person is told why. Previews end.
    record Refuse(Hint hint) implements ToolEffect {}

    /// What is previewed is given up.
    record Discard() implements ToolEffect {}

    ToolEffect NOTHING = new Nothing();
    ToolEffect DISCARD = new Discard();
}
