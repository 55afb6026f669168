package org.palimpsest.project;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.EditGroup;
import org.palimpsest.dataset.edit.PlacedAnnotation;
import org.palimpsest.dataset.edit.RelabelObjects;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.RemoveImage;
import org.palimpsest.dataset.edit.RenameLabel;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.dataset.edit.ReplaceLabels;
import org.palimpsest.problem.ProblemException;

/// Carries out changes on the rows, each only where the rows are as the change expects them.
///
/// Everything here runs inside of a transaction of the caller.
final class Changes {
    /// From so many on, an image's annotations are read once instead of one by one.
    private static final int MANY = 8;

    private final Database database;
    private final Names names;
    private final AnnotationTable annotations;
    private final ImageTable images;
    private final StoredPaths paths;

    Changes(Database database, Names names, StoredPaths paths) {
        this.database = database;
        this.names = names;
        this.annotations = new AnnotationTable(database);
        this.images = new ImageTable(database);
        this.paths = paths;
    }

    /// Takes one change and the row of its image; 0 for a change of the labels.
    @FunctionalInterface
    interface Recorder {
        void record(long image, Change change) throws ProblemException;
    }

    /// Carries out an edit, and hands over every change it consists of.
    ///
    /// @throws IllegalStateException if the project is not as the edit expects it
    void apply(Edit edit, Recorder recorder) throws ProblemException {
        switch (edit) {
            case EditGroup(_, var edits) -> {
                for (var one : edits) {
                    apply(one, recorder);
                }
            }
            case AddAnnotations(var image, var added) ->
                    apply(row(image), new Change.Added(placed(added)), recorder);
            case RemoveAnnotations(var image, var removed) ->
                    apply(row(image), new Change.Removed(placed(removed)), recorder);
            case ReplaceAnnotation(var image, var before, var after) ->
                    apply(row(image), new Change.Replaced(toRow(before), toRow(after)), recorder);
            case RelabelObjects(var image, var objects, var from, var to) ->
                    apply(
                            row(image),
                            new Change.Relabeled(
                                    objects.stream().map(Object::toString).sorted().toList(),
                                    names.label(from),
                                    names.label(to)),
                            recorder);
            case ReplaceDetails(var image, var before, var after) ->
                    apply(
                            row(image),
                            new Change.Detailed(
                                    DetailsRow.of(before, names), DetailsRow.of(after, names)),
                            recorder);
            case AddImage(var image) -> addImage(image, recorder);
            case RemoveImage(var image) -> removeImage(image, recorder);
            case ReplaceLabels(var before, var after) ->
                    apply(0, labelChange(before, after), recorder);
            case RenameLabel(var before, var after) -> {
                var set = names.labels();
                apply(
                        0,
                        renaming(before, after, new RenameLabel(before, after).applyTo(set)),
                        recorder);
            }
        }
    }

    private void apply(long image, Change change, Recorder recorder) throws ProblemException {
        carryOut(image, change);
        recorder.record(image, change);
    }

    private long row(ImageId id) throws ProblemException {
        return images.row(id).orElseThrow(() -> new IllegalStateException("No such image: " + id));
    }

    private List<Change.Placed> placed(List<PlacedAnnotation> all) throws ProblemException {
        var rows = new ArrayList<Change.Placed>(all.size());
        for (var one : all) {
            rows.add(new Change.Placed(one.index(), toRow(one.annotation())));
        }
        return rows;
    }

    private AnnotationRow toRow(Annotation annotation) throws ProblemException {
        return AnnotationRow.of(annotation, names);
    }

    private List<AnnotationRow> toRows(List<Annotation> all) throws ProblemException {
        var rows = new ArrayList<AnnotationRow>(all.size());
        for (var annotation : all) {
            rows.add(toRow(annotation));
        }
        return rows;
    }

    private void addImage(AnnotatedImage image, Recorder recorder) throws ProblemException {
        if (images.row(image.image().id()).isPresent()) {
            throw new IllegalStateException("Already there: " + image.image().file());
        }
        var details = DetailsRow.of(image.details(), names);
        var rows = toRows(image.annotations());
        long id = images.insert(ImageRow.of(0, image.image(), paths), details);
        for (int i = 0; i < rows.size(); i++) {
            annotations.insert(id, i, i, rows.get(i));
        }
        recorder.record(
                id, new Change.ImageAdded(ImageRow.of(id, image.image(), paths), details, rows));
    }

    private void removeImage(AnnotatedImage image, Recorder recorder) throws ProblemException {
        long id = row(image.image().id());
        apply(
                id,
                new Change.ImageRemoved(
                        ImageRow.of(id, image.image(), paths),
                        DetailsRow.of(image.details(), names),
                        toRows(image.annotations())),
                recorder);
    }

    private Change.Labels renaming(String before, String after, LabelSet renamed) {
        for (var row : names.rows()) {
            if (row.name().equals(before)) {
                var label = renamed.find(after).orElseThrow();
                return new Change.Labels(
                        List.of(row), List.of(LabelRow.of(row.id(), label, row.place())));
            }
        }
        throw new IllegalStateException("No label " + before);
    }

    private Change.Labels labelChange(LabelSet before, LabelSet after) throws ProblemException {
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

    /// Carries out a change.
    ///
    /// @param image the row of its image; 0 for a change of the labels
    /// @throws IllegalStateException if the rows are not as the change expects them
    void carryOut(long image, Change change) throws ProblemException {
        switch (change) {
            case Change.Added(var placed) -> add(image, placed);
            case Change.Removed(var placed) -> remove(image, placed);
            case Change.Replaced(var before, var after) -> {
                requireAsExpected(image, before);
                annotations.update(after);
            }
            case Change.Relabeled relabeled -> relabel(image, relabeled);
            case Change.Detailed(var before, var after) -> {
                if (!images.details(image).equals(before)) {
                    throw new IllegalStateException(
                            "Details are not as expected: " + images.details(image));
                }
                images.updateDetails(image, after);
            }
            case Change.ImageAdded(var row, var details, var rows) -> {
                images.insert(row, details);
                for (int i = 0; i < rows.size(); i++) {
                    annotations.insert(image, i, i, rows.get(i));
                }
            }
            case Change.ImageRemoved(_, var details, var rows) -> {
                if (!images.details(image).equals(details)
                        || !Json.text(annotations.of(image)).equals(Json.text(rows))) {
                    throw new IllegalStateException("Image is not as expected: " + image);
                }
                annotations.deleteAll(image);
                images.delete(image);
            }
            case Change.Labels(var before, var after) -> writeLabels(before, after);
        }
    }

    private void add(long image, List<Change.Placed> placed) throws ProblemException {
        if (images.find(image).isEmpty()) {
            throw new IllegalStateException("No image " + image);
        }
        int count = annotations.count(image);
        for (var one : placed) {
            annotations.insert(image, one.index(), count++, one.row());
        }
    }

    private void remove(long image, List<Change.Placed> placed) throws ProblemException {
        if (placed.size() >= MANY) {
            var present = annotations.of(image);
            for (var one : placed) {
                if (one.index() >= present.size() || !same(present.get(one.index()), one.row())) {
                    throw new IllegalStateException("Not there: " + one);
                }
            }
        } else {
            for (var one : placed) {
                requireAsExpected(image, one.row());
                if (annotations.index(image, one.row().uuid()) != one.index()) {
                    throw new IllegalStateException("Elsewhere in the drawing order: " + one);
                }
            }
        }
        for (var one : placed) {
            annotations.delete(image, one.row().uuid());
        }
    }

    private void requireAsExpected(long image, AnnotationRow expected) throws ProblemException {
        var present = annotations.find(image, expected.uuid());
        if (present.isEmpty() || !same(present.get(), expected)) {
            throw new IllegalStateException("Not there: " + expected + ", but " + present);
        }
    }

    private static boolean same(AnnotationRow one, AnnotationRow other) {
        return one.uuid().equals(other.uuid()) && Json.text(one).equals(Json.text(other));
    }

    private void relabel(long image, Change.Relabeled change) throws ProblemException {
        for (var uuid : change.objects()) {
            int changed =
                    database.update(
                            "UPDATE annotation SET label = ? WHERE uuid = ? AND image = ? AND label"
                                    + " = ?",
                            change.to(),
                            uuid,
                            image,
                            change.from());
            if (changed != 1) {
                throw new IllegalStateException("No such object of label " + change.from());
            }
        }
    }

    private void writeLabels(List<LabelRow> before, List<LabelRow> after) throws ProblemException {
        var present = new HashMap<Long, LabelRow>();
        for (var row : readLabels(before)) {
            present.put(row.id(), row);
        }
        for (var expected : before) {
            if (!samePlacement(expected, present)) {
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
                write(row);
            }
        }
    }

    /// The order of labels may have changed by labels that were made on the way, so it is not held against a change.
    private static boolean samePlacement(LabelRow expected, Map<Long, LabelRow> present) {
        var row = present.get(expected.id());
        return row != null
                && row.removed() == expected.removed()
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
}
