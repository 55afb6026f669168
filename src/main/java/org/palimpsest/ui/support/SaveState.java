package org.palimpsest.ui.support;

import org.palimpsest.problem.Problem;

/// Whether the person's work is on the disk.
public sealed interface SaveState {
    /// All of it is.
    record Saved() implements SaveState {}

    /// So many changes are being written.
    record Saving(int count) implements SaveState {}

    /// So many changes could not be written; they are kept in memory, in order, and tried again.
    record Failing(int count, Problem problem) implements SaveState {}

    SaveState SAVED = new Saved();
}
