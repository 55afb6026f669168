package org.palimpsest.project;

import java.sql.ResultSet;
import java.sql.SQLException;
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
    private static final long FIRST_RANGE = 4000;
    private static final String LINE_COLUMNS =
            ImageRow.COLUMNS
                    + ", state, split, objects, texts FROM image CROSS JOIN image_count ON"
                    + " image_count.image = id";

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
        var condition = FilterSql.of(filter, database, names, FilterSql.Range.ALL);
        return database.longValue(
                "SELECT count(*) FROM image WHERE "
                        + (filter.equals(ImageFilter.ALL) ? "? <= ?" : condition.sql()),
                condition.values().toArray());
    }

    /// Rows of the images that a filter means, rising.
    List<Long> rows(ImageFilter filter, long after, int limit) throws ProblemException {
        var rows = new ArrayList<Long>();
        select(
                "id FROM image",
                filter,
                after,
                limit,
                row -> {
                    rows.add(row.getLong(1));
                    return rows.size();
                });
        return rows;
    }

    ImagePage page(ImageFilter filter, long after, int limit) throws ProblemException {
        var lines = new ArrayList<ImagePage.Line>();
        long[] last = {after};
        select(
                LINE_COLUMNS,
                filter,
                after,
                limit,
                row -> {
                    last[0] = row.getLong(1);
                    lines.add(readLine(row));
                    return lines.size();
                });
        return new ImagePage(lines, lines.size() < limit ? ImagePage.END : last[0]);
    }

    Optional<ImagePage.Line> line(ImageId id) throws ProblemException {
        return database.first(
                this::readLine, "SELECT " + LINE_COLUMNS + " WHERE uuid = ?", id.toString());
    }

    private ImagePage.Line readLine(ResultSet row) throws SQLException {
        return new ImagePage.Line(
                ImageRow.read(row).toEntry(paths),
                ImageState.valueOf(row.getString(ImageRow.COLUMN_COUNT + 1)),
                Split.valueOf(row.getString(ImageRow.COLUMN_COUNT + 2)),
                row.getInt(ImageRow.COLUMN_COUNT + 3),
                row.getInt(ImageRow.COLUMN_COUNT + 4));
    }

    /// Hands over the first images behind a row. A search for words begins with few images and takes ever more, for it
    /// finds all in its range before the first can be seen.
    ///
    /// @param reader gives how many there are by now
    private void select(
            String what,
            ImageFilter filter,
            long after,
            int limit,
            Database.RowReader<Integer> reader)
            throws ProblemException {
        int[] count = {0};
        long first = after + 1;
        long size = FIRST_RANGE;
        long end = -1;
        while (count[0] < limit) {
            long last = first + size;
            var condition = FilterSql.of(filter, database, names, new FilterSql.Range(first, last));
            if (!condition.searchesText()) {
                last = FilterSql.Range.ALL.last();
                condition = FilterSql.of(filter, database, names, new FilterSql.Range(first, last));
            }
            var values = new ArrayList<>(condition.values());
            values.add(limit - count[0]);
            database.forEach(
                    row -> count[0] = reader.read(row),
                    "SELECT " + what + " WHERE " + condition.sql() + " ORDER BY id LIMIT ?",
                    values.toArray());
            if (end < 0) {
                end = database.longValue("SELECT coalesce(max(id), 0) FROM image");
            }
            if (last >= end) {
                return;
            }
            first = last + 1;
            size *= 8;
        }
    }
}
