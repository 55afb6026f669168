package org.palimpsest.dataset.edit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import org.palimpsest.dataset.AnnotatedImage;

/// Applies edits and takes them back by their inverses alone, as the laws of edits ask for.
///
/// Nothing changes when an edit does not fit the images: [#apply] throws and history and images stay as they were.
///
/// Not thread-safe.
public final class EditHistory {
    private final EditTarget target;
    private final Deque<Edit> done = new ArrayDeque<>();
    private final Deque<Edit> undone = new ArrayDeque<>();

    public EditHistory(EditTarget target) {
        this.target = target;
    }

    /// Applies an edit and forgets the edits that could have been redone.
    ///
    /// @throws IllegalStateException if the images are not as the edit expects them
    public void apply(Edit edit) {
        change(edit);
        done.push(edit);
        undone.clear();
    }

    /// Takes the last edit back and returns it, or nothing where there is none.
    public Optional<Edit> undo() {
        var edit = done.peek();
        if (edit == null) {
            return Optional.empty();
        }
        change(edit.inverse());
        undone.push(done.pop());
        return Optional.of(edit);
    }

    /// Applies the edit again that was taken back last and returns it, or nothing where there is none.
    public Optional<Edit> redo() {
        var edit = undone.peek();
        if (edit == null) {
            return Optional.empty();
        }
        change(edit);
        done.push(undone.pop());
        return Optional.of(edit);
    }

    /// The edit that [#undo] would take back.
    public Optional<Edit> nextUndo() {
        return Optional.ofNullable(done.peek());
    }

    /// The edit that [#redo] would apply.
    public Optional<Edit> nextRedo() {
        return Optional.ofNullable(undone.peek());
    }

    /// Forgets everything, as when other images are opened.
    public void clear() {
        done.clear();
        undone.clear();
    }

    private void change(Edit edit) {
        var changed = new ArrayList<AnnotatedImage>();
        for (var id : edit.images()) {
            changed.add(edit.applyTo(target.image(id)));
        }
        target.replace(changed);
    }
}
