package org.palimpsest.project;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.edit.RenameLabel;
import org.palimpsest.problem.ProblemException;

/// Changes the rows of labels, each only where they are as the change expects them.
final class LabelTable {
    private final Database database;
    private final Names names;

    LabelTable(Database database, Names names) {
        this.database = database;
        this.names = names;
    }

    /// What renaming a label changes.
    Change.Labels change(RenameLabel rename) {
        var renamed = rename.applyTo(names.labels());
        String before = rename.before();
        String after = rename.after();
        for (var row : names.rows()) {
            if (row.name().equals(before)) {
                var label = renamed.find(after).orElseThrow();
                return new Change.Labels(
                        List.of(row), List.of(LabelRow.of(row.id(), label, row.place())));
            }
        }
        throw new IllegalStateException("No label " + before);
    }

    /// What leads from the labels that there are to others.
    Change.Labels change(LabelSet before, LabelSet after) throws ProblemException {
        if (!names.labels().equals(before)) {
            throw new IllegalStateException("Not as expected: " + names.labels().names());
        }
        var known = new HashMap<String, LabelRow>();
        names.rows().forEach(row -> known.put(row.name(), row));
        var rowsBefore = new ArrayList<LabelRow>();
        var rowsAfter = new ArrayList<LabelRow>();
        for (int place = 0; place < after.labels().size(); place++) {
            var label = after.labels().get(place);
            var row = known.remove(label.name());
            if (row == null) {
                long id = names.add(label);
                rowsBefore.add(LabelRow.of(id, label, place).asRemoved());
                rowsAfter.add(LabelRow.of(id, label, place));
            } else {
                rowsBefore.add(row);
                rowsAfter.add(LabelRow.of(row.id(), label, place));
            }
        }
        for (var row : known.values()) {
            rowsBefore.add(row);
            rowsAfter.add(row.asRemoved());
        }
        // New labels have a row already: as the change expects it, they are removed ones.
        for (var row : rowsBefore) {
            if (row.removed()) {
                write(row);
            }
        }
        return new Change.Labels(rowsBefore, rowsAfter);
    }

    /// @throws IllegalStateException if the labels are not as the change expects them
    void carryOut(Change.Labels change) throws ProblemException {
        var before = change.before();
        var after = change.after();
        var present = new HashMap<Long, LabelRow>();
        for (var row : readLabels(before)) {
            present.put(row.id(), row);
        }
        for (var expected : before) {
            if (!isAsExpected(expected, present)) {
                throw new IllegalStateException("Label is not as expected: " + expected);
            }
        }
        for (var row : after) {
            if (row.removed()) {
                requireUnused(row);
                write(row);
            }
        }
        for (var row : after) {
            if (!row.removed()) {
                makeRoom(row);
                write(row);
            }
        }
    }

    /// The order of labels may have changed by labels that were made on the way, and a removed label may have come back
    /// with an object, so neither is held against a change.
    private static boolean isAsExpected(LabelRow expected, Map<Long, LabelRow> present) {
        var row = present.get(expected.id());
        return row != null
                && (expected.removed() || !row.removed())
                && row.toLabel().equals(expected.toLabel());
    }

    private List<LabelRow> readLabels(List<LabelRow> rows) throws ProblemException {
        var found = new ArrayList<LabelRow>();
        for (var row : rows) {
            database.first(
                            LabelRow::read,
                            "SELECT id, name, rgb, shortcut, description, aliases, place, removed"
                                    + " FROM label WHERE id = ?",
                            row.id())
                    .ifPresent(found::add);
        }
        return found;
    }

    private void requireUnused(LabelRow row) throws ProblemException {
        long used =
                database.longValue("SELECT count(*) FROM annotation WHERE label = ?", row.id())
                        + database.longValue(
                                "SELECT count(*) FROM label_check WHERE label = ?", row.id());
        if (used > 0) {
            throw new ProblemException(
                    "The label '" + row.name() + "' is in use",
                    used + " objects or checks have it",
                    "Delete them or give them another label first");
        }
    }

    private void write(LabelRow row) throws ProblemException {
        database.update(
                "UPDATE label SET name = ?, rgb = ?, shortcut = ?, description = ?, aliases = ?,"
                        + " place = ?, removed = ? WHERE id = ?",
                row.name(),
                row.rgb(),
                row.shortcut(),
                row.description(),
                Json.text(row.aliases()),
                row.place(),
                row.removed() ? 1 : 0,
                row.id());
        names.reloadLabel(row.id());
    }

    /// A label of the same name that was made since a label was removed goes, if nothing has it.
    private void makeRoom(LabelRow row) throws ProblemException {
        var other = names.findLabel(row.name()).flatMap(names::row);
        if (other.isPresent() && other.get().id() != row.id()) {
            requireUnused(other.get());
            write(other.get().asRemoved());
        }
    }

    /// Lets removed labels be there again, because something is to have them that comes back.
    void bringBack(Iterable<Long> rows) throws ProblemException {
        for (long row : rows) {
            bringBack(row);
        }
    }

    /// @param row null for none
    void bringBack(@Nullable Long row) throws ProblemException {
        var label = row == null ? Optional.<LabelRow>empty() : names.row(row);
        if (label.isPresent() && label.get().removed()) {
            String name = label.get().name();
            for (int i = 2; names.findLabel(name).isPresent(); i++) {
                name = label.get().name() + " " + i; // a new label has the name by now
            }
            var back = label.get().toLabel().withName(name);
            write(LabelRow.of(label.get().id(), back, label.get().place()));
        }
    }
}
