package org.palimpsest.ui.shell;

import java.util.Optional;
import org.palimpsest.inference.ModelCard;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.support.Texts;

/// What the person should know before all else: a line across the window.
///
/// @param kind how it looks; a later kind comes before an earlier one
/// @param action what can be done about it
/// @param closable whether the person can put it away
record Note(Kind kind, String text, Optional<Command> action, boolean closable) {
    /// How bad it is.
    enum Kind {
        HINT,
        WARNING,
        ERROR
    }

    static Note toy() {
        return new Note(
                Kind.HINT, Texts.get("shell.note.toy"), Optional.of(Command.CHOOSE_MODEL), true);
    }

    static Note broken(Problem problem) {
        return new Note(
                Kind.ERROR,
                Texts.get("shell.note.broken", problem.oneLine()),
                Optional.of(Command.CHOOSE_MODEL),
                true);
    }

    /// A real model on the processor, where a GPU would be many times faster.
    static Optional<Note> device(ModelCard card) {
        boolean slow = card.device().startsWith("CPU") && !card.deviceReason().isEmpty();
        return slow && !card.toy()
                ? Optional.of(
                        new Note(
                                Kind.WARNING,
                                Texts.get("shell.note.device", card.deviceReason()),
                                Optional.empty(),
                                true))
                : Optional.empty();
    }

    static Note notSaved(int count, Problem problem) {
        return new Note(
                Kind.ERROR,
                Texts.get("shell.note.unsaved", count, problem.oneLine()),
                Optional.of(Command.SAVE_NOW),
                false);
    }
}
