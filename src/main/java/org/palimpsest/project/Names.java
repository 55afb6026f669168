package org.palimpsest.project;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.problem.ProblemException;

/// The labels and sources of a project by row, kept in memory: there are few of them, and every annotation names both.
///
/// After a transaction that failed, [#reload] is needed.
final class Names {
    private final Database database;
    private final Map<Long, LabelRow> labels = new HashMap<>();
    private final Map<String, Long> labelsByName = new HashMap<>(); // without removed ones
    private final Map<Long, SourceRow> sources = new HashMap<>();
    private final Map<SourceRow, Long> sourcesByValue = new HashMap<>();
    private @Nullable LabelSet labelSet;

    Names(Database database) throws ProblemException {
        this.database = database;
        reload();
    }

    void reload() throws ProblemException {
        labels.clear();
        labelsByName.clear();
        sources.clear();
        sourcesByValue.clear();
        labelSet = null;
        database.forEach(
                row -> keep(LabelRow.read(row)),
                "SELECT id, name, rgb, shortcut, description, aliases, place, removed FROM label");
        database.forEach(
                row ->
                        keep(
                                row.getLong(1),
                                new SourceRow(
                                        row.getString(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getString(5),
                                        row.getString(6))),
                "SELECT id, kind, name, detail, checkpoint, settings FROM source");
    }

    private void keep(LabelRow label) {
        labels.put(label.id(), label);
        if (!label.removed()) {
            labelsByName.put(label.name(), label.id());
        }
        labelSet = null;
    }

    private void keep(long id, SourceRow source) {
        sources.put(id, source);
        sourcesByValue.put(source, id);
    }

    /// The labels in their order.
    LabelSet labels() {
        var known = labelSet;
        if (known == null) {
            known = new LabelSet(rows().stream().map(LabelRow::toLabel).toList());
            labelSet = known;
        }
        return known;
    }

    /// The rows of the labels that are there, in their order.
    List<LabelRow> rows() {
        var present = new ArrayList<>(labels.values());
        present.removeIf(LabelRow::removed);
        present.sort(Comparator.comparingInt(LabelRow::place).thenComparingLong(LabelRow::id));
        return present;
    }

    Optional<Long> findLabel(String name) {
        return Optional.ofNullable(labelsByName.get(name));
    }

    /// The row of a label; one that is new gets a row at the end.
    long label(String name) throws ProblemException {
        var known = labelsByName.get(name);
        if (known != null) {
            return known;
        }
        return add(new Label(name, labels().unusedColor()));
    }

    /// The row of a label that an annotation had before it was corrected; such a label need not be there any more.
    long originalLabel(String name) throws ProblemException {
        if (labelsByName.containsKey(name)) {
            return label(name);
        }
        for (var row : labels.values()) {
            if (row.name().equals(name)) {
                return row.id();
            }
        }
        return label(name);
    }

    /// The row of a label, removed or not.
    Optional<LabelRow> row(long id) {
        return Optional.ofNullable(labels.get(id));
    }

    long add(Label label) throws ProblemException {
        long id =
                database.insert(
                        "INSERT INTO label(name, rgb, shortcut, description, aliases, place, removed)"
                                + " VALUES (?, ?, ?, ?, ?, ?, 0)",
                        label.name(),
                        label.rgb(),
                        label.shortcut(),
                        label.description(),
                        Json.text(label.aliases()),
                        labels.values().stream().mapToInt(LabelRow::place).max().orElse(-1) + 1);
        reloadLabel(id);
        return id;
    }

    void reloadLabel(long id) throws ProblemException {
        labelsByName.values().remove(id);
        database.first(
                        LabelRow::read,
                        "SELECT id, name, rgb, shortcut, description, aliases, place, removed FROM"
                                + " label WHERE id = ?",
                        id)
                .ifPresent(this::keep);
    }

    /// @throws IllegalArgumentException if there is none: the file is damaged
    String labelName(long id) {
        var label = labels.get(id);
        if (label == null) {
            throw new IllegalArgumentException("No label " + id);
        }
        return label.name();
    }

    /// @throws IllegalArgumentException if there is none: the file is damaged
    SourceRow source(long id) {
        var source = sources.get(id);
        if (source == null) {
            throw new IllegalArgumentException("No source " + id);
        }
        return source;
    }

    /// The row of a source, made where it is new.
    long source(SourceRow source) throws ProblemException {
        var known = sourcesByValue.get(source);
        if (known != null) {
            return known;
        }
        long id =
                database.insert(
                        "INSERT INTO source(kind, name, detail, checkpoint, settings) VALUES (?, ?,"
                                + " ?, ?, ?)",
                        source.kind(),
                        source.name(),
                        source.detail(),
                        source.checkpoint(),
                        source.settings());
        keep(id, source);
        return id;
    }
}
