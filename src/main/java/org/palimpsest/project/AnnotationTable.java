package org.palimpsest.project;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Box;
import org.palimpsest.problem.ProblemException;

/// Reads and writes the rows of annotations.
///
/// A row's id is its image's id, [#ID_BITS] to the left, and a number: so the annotations of an image lie side by side
/// in the file however late they came, and what the text search finds names images without another look-up.
final class AnnotationTable {
    static final int ID_BITS = 24;

    private static final String COLUMNS =
            "uuid, label, x_min, y_min, x_max, y_max, region, crowd, prompt, text, links,"
                    + " attributes, source, made, score, corrected_by, corrected, original, review";

    private final Database database;

    AnnotationTable(Database database) {
        this.database = database;
    }

    /// The annotations of an image in drawing order.
    List<AnnotationRow> of(long image) throws ProblemException {
        var rows = new ArrayList<AnnotationRow>();
        database.forEach(
                row -> rows.add(read(row)),
                "SELECT " + COLUMNS + " FROM annotation WHERE image = ? ORDER BY place",
                image);
        return rows;
    }

    Optional<AnnotationRow> find(long image, String uuid) throws ProblemException {
        return database.first(
                AnnotationTable::read,
                "SELECT " + COLUMNS + " FROM annotation WHERE uuid = ? AND image = ?",
                uuid,
                image);
    }

    int count(long image) throws ProblemException {
        return Math.toIntExact(
                database.longValue("SELECT count(*) FROM annotation WHERE image = ?", image));
    }

    /// Where an annotation stands in the drawing order of its image.
    int index(long image, String uuid) throws ProblemException {
        return Math.toIntExact(
                database.longValue(
                        "SELECT count(*) FROM annotation WHERE image = ? AND place < (SELECT place"
                                + " FROM annotation WHERE uuid = ?)",
                        image,
                        uuid));
    }

    /// Adds an annotation behind the first `index` ones of its image.
    ///
    /// @param count how many the image has
    void insert(long image, int index, int count, AnnotationRow row) throws ProblemException {
        insert(image, place(image, index, count), row);
    }

    private double place(long image, int index, int count) throws ProblemException {
        if (index > count) {
            throw new IllegalStateException("No place " + index + " among " + count);
        }
        if (index == count) {
            return database.first(
                            row -> row.getDouble(1) + 1,
                            "SELECT place FROM annotation WHERE image = ? ORDER BY place DESC LIMIT"
                                    + " 1",
                            image)
                    .orElse(0.0);
        }
        double after = placeAt(image, index);
        double before = index == 0 ? after - 1 : placeAt(image, index - 1);
        double between = before + (after - before) / 2;
        if (between > before && between < after) {
            return between;
        }
        renumber(image); // some fifty insertions at the same place have used up the room
        return place(image, index, count);
    }

    private double placeAt(long image, int index) throws ProblemException {
        return database.first(
                        row -> row.getDouble(1),
                        "SELECT place FROM annotation WHERE image = ? ORDER BY place LIMIT 1 OFFSET"
                                + " ?",
                        image,
                        index)
                .orElseThrow();
    }

    private void renumber(long image) throws ProblemException {
        var ids = new ArrayList<Long>();
        database.forEach(
                row -> ids.add(row.getLong(1)),
                "SELECT id FROM annotation WHERE image = ? ORDER BY place",
                image);
        for (int i = 0; i < ids.size(); i++) {
            database.update("UPDATE annotation SET place = ? WHERE id = ?", (double) i, ids.get(i));
        }
    }

    private void insert(long image, double place, AnnotationRow row) throws ProblemException {
        var values = new ArrayList<Object>();
        values.add(nextId(image));
        values.add(image);
        values.add(place);
        values.add(row.uuid());
        addValues(values, row);
        database.update(
                "INSERT INTO annotation(id, image, place, "
                        + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?)",
                values.toArray());
    }

    private long nextId(long image) throws ProblemException {
        long first = image << ID_BITS;
        return database.longValue(
                "SELECT coalesce(max(id) + 1, ?) FROM annotation WHERE id >= ? AND id < ?",
                first,
                first,
                first + (1L << ID_BITS));
    }

    void update(AnnotationRow row) throws ProblemException {
        var values = new ArrayList<Object>();
        addValues(values, row);
        values.add(row.uuid());
        database.update(
                "UPDATE annotation SET label = ?, x_min = ?, y_min = ?, x_max = ?, y_max = ?, region"
                        + " = ?, crowd = ?, prompt = ?, text = ?, links = ?, attributes = ?, source ="
                        + " ?, made = ?, score = ?, corrected_by = ?, corrected = ?, original = ?,"
                        + " review = ? WHERE uuid = ?",
                values.toArray());
    }

    private static void addValues(List<Object> values, AnnotationRow row) {
        Box box = row.region() == null ? null : row.region().toRegion().bounds();
        boolean isBox = row.region() != null && row.region().box() != null;
        values.add(maybe(row.label()));
        values.add(maybe(box == null ? null : box.xMin()));
        values.add(maybe(box == null ? null : box.yMin()));
        values.add(maybe(box == null ? null : box.xMax()));
        values.add(maybe(box == null ? null : box.yMax()));
        values.add(maybe(row.region() == null || isBox ? null : Json.text(row.region())));
        values.add(row.crowd() ? 1 : 0);
        values.add(maybe(row.prompt()));
        values.add(maybe(row.text()));
        values.add(maybe(row.links() == null ? null : Json.text(row.links())));
        values.add(maybe(row.attributes() == null ? null : Json.text(row.attributes())));
        values.add(row.source());
        values.add(row.made());
        values.add(maybe(row.score()));
        values.add(maybe(row.correctedBy()));
        values.add(maybe(row.corrected()));
        values.add(maybe(row.original() == null ? null : Json.text(row.original())));
        values.add(row.review());
    }

    private static Object maybe(@Nullable Object value) {
        return new Database.Maybe(value);
    }

    boolean delete(long image, String uuid) throws ProblemException {
        return database.update("DELETE FROM annotation WHERE uuid = ? AND image = ?", uuid, image)
                == 1;
    }

    void deleteAll(long image) throws ProblemException {
        database.update("DELETE FROM annotation WHERE image = ?", image);
    }

    private static AnnotationRow read(ResultSet row) throws SQLException {
        long label = row.getLong(2);
        boolean isObject = !row.wasNull();
        String region = isObject ? row.getString(7) : null;
        double score = row.getDouble(15);
        boolean scored = !row.wasNull();
        long corrected = row.getLong(17);
        boolean isCorrected = !row.wasNull();
        String links = isObject ? null : row.getString(11);
        String attributes = row.getString(12);
        String original = isCorrected ? row.getString(18) : null;
        return new AnnotationRow(
                row.getString(1),
                isObject ? label : null,
                isObject ? region(row, region) : null,
                row.getBoolean(8),
                isObject ? null : row.getString(9),
                isObject ? null : row.getString(10),
                links == null ? null : Json.value(links, Json.listOf(AnnotationRow.LinkJson.class)),
                attributes == null ? null : Json.value(attributes, Json.mapOf(String.class)),
                row.getLong(13),
                row.getLong(14),
                scored ? score : null,
                isCorrected ? row.getString(16) : null,
                isCorrected ? corrected : null,
                original == null ? null : Json.value(original, AnnotationRow.OriginalJson.class),
                row.getString(19));
    }

    private static RegionJson region(ResultSet row, @Nullable String json) throws SQLException {
        return json != null
                ? Json.value(json, RegionJson.class)
                : new RegionJson(
                        new double[] {
                            row.getDouble(3), row.getDouble(4), row.getDouble(5), row.getDouble(6)
                        },
                        null,
                        null,
                        null);
    }
}
