package org.palimpsest.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Split;
import org.palimpsest.problem.ProblemException;

/// Reads images of a project on one connection.
final class ProjectReader {
    private final Database database;
    private final Names names;
    private final AnnotationTable annotations;
    private final ImageTable images;
    private final StoredPaths paths;

    ProjectReader(Database database, Names names, StoredPaths paths) {
        this.database = database;
        this.names = names;
        this.annotations = new AnnotationTable(database);
        this.images = new ImageTable(database);
        this.paths = paths;
    }

    Optional<AnnotatedImage> image(ImageId id) throws ProblemException {
        var row = images.row(id);
        return row.isPresent() ? Optional.of(image(row.get())) : Optional.empty();
    }

    AnnotatedImage image(long row) throws ProblemException {
        var stored = images.find(row);
        if (stored.isEmpty()) {
            throw new IllegalStateException("No image " + row);
        }
        var details = images.details(row);
        var rows = annotations.of(row);
        try {
            var all = new ArrayList<Annotation>(rows.size());
            for (var annotation : rows) {
                all.add(annotation.toAnnotation(names));
            }
            return new AnnotatedImage(stored.get().toEntry(paths), details.toDetails(names), all);
        } catch (RuntimeException e) {
            throw Database.damaged(database.file(), e);
        }
    }

    long count(ImageFilter filter) throws ProblemException {
        var condition = FilterSql.of(filter, names);
        return database.longValue(
                "SELECT count(*) FROM image WHERE " + condition.sql(),
                condition.values().toArray());
    }

    /// Rows of the images that a filter means, rising.
    List<Long> rows(ImageFilter filter, long after, int limit) throws ProblemException {
        var condition = FilterSql.of(filter, names);
        var values = new ArrayList<Object>();
        values.add(after);
        values.addAll(condition.values());
        values.add(limit);
        var rows = new ArrayList<Long>();
        database.forEach(
                row -> rows.add(row.getLong(1)),
                "SELECT id FROM image WHERE id > ? AND " + condition.sql() + " ORDER BY id LIMIT ?",
                values.toArray());
        return rows;
    }

    ImagePage page(ImageFilter filter, long after, int limit) throws ProblemException {
        var condition = FilterSql.of(filter, names);
        var values = new ArrayList<Object>();
        values.add(after);
        values.addAll(condition.values());
        values.add(limit);
        var lines = new ArrayList<ImagePage.Line>();
        long[] last = {after};
        database.forEach(
                row -> {
                    var image = ImageRow.read(row);
                    last[0] = image.id();
                    lines.add(
                            new ImagePage.Line(
                                    image.toEntry(paths),
                                    ImageState.valueOf(row.getString(ImageRow.COLUMN_COUNT + 1)),
                                    Split.valueOf(row.getString(ImageRow.COLUMN_COUNT + 2)),
                                    row.getInt(ImageRow.COLUMN_COUNT + 3),
                                    row.getInt(ImageRow.COLUMN_COUNT + 4)));
                },
                "SELECT "
                        + ImageRow.COLUMNS
                        + ", state, split, objects, texts FROM image CROSS JOIN image_count ON"
                        + " image_count.image = id WHERE id > ? AND "
                        + condition.sql()
                        + " ORDER BY id LIMIT ?",
                values.toArray());
        return new ImagePage(lines, lines.size() < limit ? ImagePage.END : last[0]);
    }
}
