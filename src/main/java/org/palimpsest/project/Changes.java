package org.palimpsest.project;

import java.util.ArrayList;
import java.util.List;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageId;
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
    private final LabelTable labels;

    Changes(Database database, Names names, StoredPaths paths) {
        this.database = database;
        this.names = names;
        this.annotations = new AnnotationTable(database);
        this.images = new ImageTable(database);
        this.paths = paths;
        this.labels = new LabelTable(database, names);
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
                    apply(0, labels.change(before, after), recorder);
            case RenameLabel rename -> apply(0, labels.change(rename), recorder);
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
                labels.bringBack(after.label());
                annotations.update(after);
            }
            case Change.Relabeled relabeled -> relabel(image, relabeled);
            case Change.Detailed(var before, var after) -> {
                if (!images.details(image).equals(before)) {
                    throw new IllegalStateException(
                            "Details are not as expected: " + images.details(image));
                }
                labels.bringBack(after.checks().keySet());
                images.updateDetails(image, after);
            }
            case Change.ImageAdded(var row, var details, var rows) -> {
                labels.bringBack(details.checks().keySet());
                images.insert(row, details);
                for (int i = 0; i < rows.size(); i++) {
                    labels.bringBack(rows.get(i).label());
                    annotations.insert(image, i, i, rows.get(i));
                }
            }
            case Change.ImageRemoved(_, var details, var rows) -> {
                if (!images.details(image).equals(details) || !same(annotations.of(image), rows)) {
                    throw new IllegalStateException("Image is not as expected: " + image);
                }
                annotations.deleteAll(image);
                images.delete(image);
            }
            case Change.Labels labelChange -> labels.carryOut(labelChange);
        }
    }

    private void add(long image, List<Change.Placed> placed) throws ProblemException {
        if (images.find(image).isEmpty()) {
            throw new IllegalStateException("No image " + image);
        }
        int count = annotations.count(image);
        for (var one : placed) {
            labels.bringBack(one.row().label());
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

    /// By what the rows mean: a label may have had another row once.
    private boolean same(AnnotationRow one, AnnotationRow other) {
        return one.equals(other) || one.toAnnotation(names).equals(other.toAnnotation(names));
    }

    private boolean same(List<AnnotationRow> some, List<AnnotationRow> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!same(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void relabel(long image, Change.Relabeled change) throws ProblemException {
        labels.bringBack(change.to());
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
}
