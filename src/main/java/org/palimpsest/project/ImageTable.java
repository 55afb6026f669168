package org.palimpsest.project;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.problem.ProblemException;

/// Reads and writes the rows of images and their details.
final class ImageTable {
    private final Database database;

    ImageTable(Database database) {
        this.database = database;
    }

    Optional<Long> row(ImageId id) throws ProblemException {
        return database.first(
                row -> row.getLong(1), "SELECT id FROM image WHERE uuid = ?", id.toString());
    }

    Optional<ImageRow> find(long id) throws ProblemException {
        return database.first(
                ImageRow::read, "SELECT " + ImageRow.COLUMNS + " FROM image WHERE id = ?", id);
    }

    DetailsRow details(long id) throws ProblemException {
        var tags = new ArrayList<String>();
        database.forEach(
                row -> tags.add(row.getString(1)),
                "SELECT tag FROM image_tag WHERE image = ? ORDER BY tag",
                id);
        var checks = new TreeMap<Long, String>();
        database.forEach(
                row -> checks.put(row.getLong(1), row.getString(2)),
                "SELECT label, found FROM label_check WHERE image = ?",
                id);
        return database.first(
                        row ->
                                new DetailsRow(
                                        row.getString(1),
                                        row.getString(2),
                                        tags,
                                        row.getString(3),
                                        checks),
                        "SELECT state, split, notes FROM image WHERE id = ?",
                        id)
                .orElseThrow(() -> new IllegalStateException("No image " + id));
    }

    /// @param image its row is given by SQLite where it is 0
    /// @return the row
    long insert(ImageRow image, DetailsRow details) throws ProblemException {
        // It may have been relocated since the history learnt of it.
        String path =
                database.first(
                                row -> row.getString(1),
                                "SELECT path FROM removed_image WHERE id = ?",
                                image.id())
                        .orElse(image.path());
        long id =
                database.insert(
                        "INSERT INTO image("
                                + ImageRow.COLUMNS
                                + ", state, split, notes, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
                                + " ?, ?, ?, ?, ?)",
                        new Database.Maybe(image.id() == 0 ? null : image.id()),
                        image.uuid(),
                        path,
                        image.width(),
                        image.height(),
                        image.contentHash(),
                        new Database.Maybe(image.perceptualHash()),
                        image.orientation(),
                        new Database.Maybe(image.captured()),
                        image.bytes(),
                        details.state(),
                        details.split(),
                        details.notes(),
                        words(path, details.notes()));
        writeSets(id, details);
        return id;
    }

    /// What a search in names looks at. SQLite itself knows no other small letters than a to z.
    static String words(String path, String notes) {
        return (path + "\n" + notes).toLowerCase(Locale.ROOT);
    }

    /// Where an image lies from now on.
    void setPath(long id, String path) throws ProblemException {
        String notes =
                database.first(row -> row.getString(1), "SELECT notes FROM image WHERE id = ?", id)
                        .orElse("");
        database.update(
                "UPDATE image SET path = ?, words = ? WHERE id = ?", path, words(path, notes), id);
    }

    void updateDetails(long id, DetailsRow details) throws ProblemException {
        String path =
                database.first(row -> row.getString(1), "SELECT path FROM image WHERE id = ?", id)
                        .orElse("");
        database.update(
                "UPDATE image SET state = ?, split = ?, notes = ?, words = ? WHERE id = ?",
                details.state(),
                details.split(),
                details.notes(),
                words(path, details.notes()),
                id);
        database.update("DELETE FROM image_tag WHERE image = ?", id);
        database.update("DELETE FROM label_check WHERE image = ?", id);
        writeSets(id, details);
    }

    private void writeSets(long id, DetailsRow details) throws ProblemException {
        for (var tag : details.tags()) {
            database.update("INSERT INTO image_tag(image, tag) VALUES (?, ?)", id, tag);
        }
        for (var check : details.checks().entrySet()) {
            database.update(
                    "INSERT INTO label_check(image, label, found) VALUES (?, ?, ?)",
                    id,
                    check.getKey(),
                    check.getValue());
        }
    }

    void delete(long id) throws ProblemException {
        database.update("DELETE FROM image WHERE id = ?", id);
    }
}
