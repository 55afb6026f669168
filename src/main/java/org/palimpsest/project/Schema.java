package org.palimpsest.project;

import java.util.List;
import org.palimpsest.problem.ProblemException;

/// The tables of a project file. Each migration brings the file from its number to the next; a file knows its number by
/// SQLite's `user_version`.
final class Schema {
    // spotless:off
    private static final List<List<String>> MIGRATIONS = List.of(List.of(
        "CREATE TABLE property(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",

        // A removed label stays as long as the history may need it.
        """
        CREATE TABLE label(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL, rgb INTEGER NOT NULL, shortcut TEXT NOT NULL, description TEXT NOT NULL,
            aliases TEXT NOT NULL, -- JSON array of names
            place INTEGER NOT NULL, removed INTEGER NOT NULL)""",
        "CREATE UNIQUE INDEX label_name ON label(name) WHERE removed = 0",

        // Ids are never given twice: the history names images by them.
        """
        CREATE TABLE image(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uuid TEXT NOT NULL UNIQUE,
            path TEXT NOT NULL UNIQUE, -- with slashes; from the project's folder, or absolute
            width INTEGER NOT NULL, height INTEGER NOT NULL, -- upright
            content_hash TEXT NOT NULL, perceptual_hash INTEGER, orientation INTEGER NOT NULL,
            captured TEXT, bytes INTEGER NOT NULL,
            state TEXT NOT NULL, split TEXT NOT NULL, notes TEXT NOT NULL,
            words TEXT NOT NULL)""", // path and notes in small letters, for searching
        // Where a removed image lay last, for when it is brought back: relocation is not undone.
        "CREATE TABLE removed_image(id INTEGER PRIMARY KEY, path TEXT NOT NULL)",
        """
        CREATE TRIGGER image_removed AFTER DELETE ON image BEGIN
            INSERT OR REPLACE INTO removed_image(id, path) VALUES (old.id, old.path); END""",
        "CREATE INDEX image_content ON image(content_hash)",
        "CREATE INDEX image_state ON image(state)",
        "CREATE INDEX image_split ON image(split)",
        """
        CREATE TABLE image_tag(
            image INTEGER NOT NULL REFERENCES image ON DELETE CASCADE, tag TEXT NOT NULL,
            PRIMARY KEY (image, tag)) WITHOUT ROWID""",
        "CREATE INDEX image_tag_name ON image_tag(tag, image)",
        """
        CREATE TABLE label_check(
            image INTEGER NOT NULL REFERENCES image ON DELETE CASCADE,
            label INTEGER NOT NULL REFERENCES label, found TEXT NOT NULL,
            PRIMARY KEY (image, label)) WITHOUT ROWID""",
        "CREATE INDEX label_check_label ON label_check(label, image)",

        // Who made annotations: each person, model with prompt, imported file once.
        """
        CREATE TABLE source(
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL, -- drawn, predicted, imported
            name TEXT NOT NULL, detail TEXT NOT NULL, checkpoint TEXT NOT NULL, settings TEXT NOT NULL,
            UNIQUE (kind, name, detail, checkpoint, settings))""",
        // An object has a label, a text has none. Times are nanoseconds since 1970.
        """
        CREATE TABLE annotation(
            id INTEGER PRIMARY KEY, -- begins with the image's: see AnnotationTable
            uuid TEXT NOT NULL UNIQUE,
            image INTEGER NOT NULL REFERENCES image,
            place REAL NOT NULL, -- rises in drawing order
            label INTEGER REFERENCES label,
            x_min REAL, y_min REAL, x_max REAL, y_max REAL,
            region TEXT, -- JSON; none for a box
            crowd INTEGER NOT NULL,
            prompt TEXT, text TEXT, links TEXT, attributes TEXT,
            source INTEGER NOT NULL REFERENCES source, made INTEGER NOT NULL, score REAL,
            corrected_by TEXT, corrected INTEGER, original TEXT,
            review TEXT NOT NULL)""",
        "CREATE INDEX annotation_image ON annotation(image, place)",
        "CREATE INDEX annotation_label ON annotation(label, image)",
        "CREATE INDEX annotation_score ON annotation(image, score) WHERE score IS NOT NULL",
        "CREATE INDEX annotation_source ON annotation(source, image)",

        // How many annotations of each sort an image has, kept by the triggers: most filters need nothing else.
        """
        CREATE TABLE image_count(
            image INTEGER PRIMARY KEY REFERENCES image ON DELETE CASCADE,
            objects INTEGER NOT NULL DEFAULT 0, texts INTEGER NOT NULL DEFAULT 0,
            unreviewed INTEGER NOT NULL DEFAULT 0, accepted INTEGER NOT NULL DEFAULT 0,
            rejected INTEGER NOT NULL DEFAULT 0,
            drawn INTEGER NOT NULL DEFAULT 0, predicted INTEGER NOT NULL DEFAULT 0,
            imported INTEGER NOT NULL DEFAULT 0, corrected INTEGER NOT NULL DEFAULT 0)""",
        "CREATE TRIGGER image_added AFTER INSERT ON image BEGIN INSERT INTO image_count(image) VALUES (new.id); END",
        "CREATE TRIGGER annotation_added AFTER INSERT ON annotation BEGIN " + counted("new", "+") + " END",
        "CREATE TRIGGER annotation_removed AFTER DELETE ON annotation BEGIN " + counted("old", "-") + " END",
        "CREATE TRIGGER annotation_changed AFTER UPDATE OF label, review, corrected, source ON annotation BEGIN "
            + counted("old", "-") + " " + counted("new", "+") + " END",

        "CREATE VIRTUAL TABLE text_search USING fts5(text, content='', contentless_delete=1)",
        """
        CREATE TRIGGER text_added AFTER INSERT ON annotation WHEN new.text IS NOT NULL BEGIN
            INSERT INTO text_search(rowid, text) VALUES (new.id, new.text); END""",
        """
        CREATE TRIGGER text_removed AFTER DELETE ON annotation WHEN old.text IS NOT NULL BEGIN
            DELETE FROM text_search WHERE rowid = old.id; END""",
        """
        CREATE TRIGGER text_changed AFTER UPDATE OF text ON annotation WHEN old.text IS NOT new.text BEGIN
            DELETE FROM text_search WHERE rowid = old.id;
            INSERT INTO text_search(rowid, text) SELECT new.id, new.text WHERE new.text IS NOT NULL; END""",

        // The history. A step is what one undo takes back; `undone` counts up in the order of undoing, 0 is in effect.
        """
        CREATE TABLE step(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL, at INTEGER NOT NULL,
            sequence INTEGER NOT NULL, undone INTEGER NOT NULL)""",
        "CREATE INDEX step_order ON step(undone, sequence)",
        "CREATE INDEX step_sequence ON step(sequence)",
        """
        CREATE TABLE change(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            step INTEGER NOT NULL REFERENCES step ON DELETE CASCADE,
            image INTEGER, -- none: the labels
            content BLOB NOT NULL)""",
        "CREATE INDEX change_step ON change(step)",
        "CREATE INDEX change_image ON change(image)",

        // What models answered, kept as it was: for going on after an interruption, and to count corrections.
        """
        CREATE TABLE run(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            model TEXT NOT NULL, checkpoint TEXT NOT NULL, prompt TEXT NOT NULL, settings TEXT NOT NULL,
            started INTEGER NOT NULL,
            step INTEGER)""", // none: it has no changes that could be undone
        """
        CREATE TABLE run_image(
            run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
            image INTEGER NOT NULL REFERENCES image ON DELETE CASCADE,
            outcome TEXT NOT NULL, -- done, failed
            answer TEXT NOT NULL, problem TEXT NOT NULL,
            predicted BLOB, -- the annotations as they were proposed
            PRIMARY KEY (run, image)) WITHOUT ROWID""",
        "CREATE INDEX run_image_image ON run_image(image)",
        """
        CREATE TABLE evaluation(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL, model TEXT NOT NULL, checkpoint TEXT NOT NULL, filter TEXT NOT NULL,
            result TEXT NOT NULL)""" // JSON
    ));
    // spotless:on

    static final int VERSION = MIGRATIONS.size();

    private Schema() {}

    /// Adds an annotation to the counts of its image, or takes it away.
    private static String counted(String row, String sign) {
        String kind = "(SELECT kind FROM source WHERE id = row.source)";
        return """
        UPDATE image_count SET
            objects = objects + (row.label IS NOT NULL), texts = texts + (row.label IS NULL),
            unreviewed = unreviewed + (row.review = 'UNREVIEWED'),
            accepted = accepted + (row.review = 'ACCEPTED'), rejected = rejected + (row.review = 'REJECTED'),
            drawn = drawn + (row.corrected IS NULL AND kind = 'drawn'),
            predicted = predicted + (row.corrected IS NULL AND kind = 'predicted'),
            imported = imported + (row.corrected IS NULL AND kind = 'imported'),
            corrected = corrected + (row.corrected IS NOT NULL)
        WHERE image = row.image;\
        """
                .replace("+ (", sign + " (")
                .replace("kind =", kind + " =")
                .replace("row.", row + ".");
    }

    /// Makes the tables in an empty file.
    static void create(Database database) throws ProblemException {
        database.transaction(() -> {
            database.execute("PRAGMA application_id = " + Database.APPLICATION_ID);
            migrate(database, 0);
            return null;
        });
    }

    /// Brings an older file to this version; refuses a newer one and other programs' databases.
    ///
    /// @param writable whether the file may be changed
    static void check(Database database, boolean writable) throws ProblemException {
        if (database.longValue("PRAGMA application_id") != Database.APPLICATION_ID) {
            throw new ProblemException(
                    "This file is not a Palimpsest project",
                    database.file() + " is a database of another program",
                    "Choose a file that 'palimpsest project create' made");
        }
        long version = database.longValue("PRAGMA user_version");
        if (version > VERSION) {
            throw new ProblemException(
                    "The project was made by a newer Palimpsest",
                    "%s has version %d, this program knows up to %d"
                            .formatted(database.file(), version, VERSION),
                    "Install the newer version to open it; nothing was changed");
        }
        if (version < VERSION) {
            if (!writable) {
                throw new ProblemException(
                        "The project was made by an older Palimpsest",
                        database.file() + " has version " + version,
                        "Open it once where it can be written, so that it is brought up to date");
            }
            database.transaction(() -> {
                migrate(database, (int) version);
                return null;
            });
        }
    }

    private static void migrate(Database database, int from) throws ProblemException {
        for (var migration : MIGRATIONS.subList(from, VERSION)) {
            for (var statement : migration) {
                database.execute(statement);
            }
        }
        database.execute("PRAGMA user_version = " + VERSION);
    }
}
