package org.palimpsest.project;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.palimpsest.problem.ProblemException;

/// The history of a project: steps, each of one or many changes, in effect or undone.
///
/// A step can be undone when on each of its images nothing happened after it, and redone likewise; so the images of a
/// project each have a history of their own, and a batch run over many of them is still one step.
final class Journal {
    private final Database database;
    private final InstantSource clock;

    Journal(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// A step as far as it is needed to name it.
    record StepRow(long id, String title) {}

    long begin(String title) throws ProblemException {
        return database.insert(
                "INSERT INTO step(title, at, sequence, undone) VALUES (?, ?, (SELECT"
                        + " coalesce(max(sequence), 0) + 1 FROM step), 0)",
                title,
                AnnotationRow.nanos(clock.instant()));
    }

    /// Adds a change to a step. What was undone on this image cannot be redone any more.
    ///
    /// @param image 0 for the labels
    void append(long step, long image, Change change) throws ProblemException {
        if (database.longValue("SELECT EXISTS (SELECT 1 FROM step WHERE undone > 0)") > 0) {
            forgetUndone(image);
        }
        database.update(
                "INSERT INTO change(step, image, content) VALUES (?, ?, ?)",
                step,
                imageValue(image),
                Json.bytes(change, Change.TYPE));
    }

    /// Forgets the undone steps on an image, and those that follow them on any of their images: none of them could be
    /// carried out again.
    private void forgetUndone(long image) throws ProblemException {
        database.update(
                """
                WITH RECURSIVE lost(id) AS (
                    SELECT step FROM change JOIN step ON step.id = change.step AND undone > 0
                    WHERE image IS ?
                    UNION
                    SELECT later.step FROM lost JOIN change mine ON mine.step = lost.id
                    JOIN change later ON later.image IS mine.image AND later.id > mine.id
                    JOIN step ON step.id = later.step AND undone > 0)
                DELETE FROM step WHERE id IN (SELECT id FROM lost)\
                """,
                imageValue(image));
    }

    private static Object imageValue(long image) {
        return new Database.Maybe(image == 0 ? null : image);
    }

    void discardIfEmpty(long step) throws ProblemException {
        int empty =
                database.update(
                        "DELETE FROM step WHERE id = ? AND NOT EXISTS (SELECT 1 FROM change WHERE"
                                + " step = ?)",
                        step,
                        step);
        if (empty > 0) {
            database.update("UPDATE run SET step = NULL WHERE step = ?", step);
        }
    }

    /// Makes a growing step the last one, so that it is the next to be undone.
    ///
    /// @return whether it was the last one already
    /// @throws ProblemException if it was taken back
    boolean bringForward(long step) throws ProblemException {
        requireInEffect(step);
        return database.update(
                        "UPDATE step SET sequence = (SELECT max(sequence) + 1 FROM step) WHERE id = ?"
                                + " AND sequence < (SELECT max(sequence) FROM step)",
                        step)
                == 0;
    }

    /// Makes a growing step come after all others that concern an image, so that these can still be undone in order. What a
    /// person does elsewhere meanwhile stays the next to be undone.
    void bringBehind(long step, long image) throws ProblemException {
        database.update(
                """
                UPDATE step SET sequence = (SELECT max(sequence) + 1 FROM step)
                WHERE id = ? AND EXISTS (
                    SELECT 1 FROM change JOIN step other ON other.id = change.step AND other.undone = 0
                    WHERE change.image IS ? AND other.sequence > step.sequence)\
                """,
                step,
                imageValue(image));
    }

    boolean isLast(long step) throws ProblemException {
        return database.longValue(
                        "SELECT sequence >= (SELECT max(sequence) FROM step) FROM step WHERE id = ?",
                        step)
                > 0;
    }

    void requireInEffect(long step) throws ProblemException {
        if (!isInEffect(step)) {
            throw new ProblemException(
                    "The step was taken back while it went on",
                    database.file().toString(),
                    "Start again what was to be done");
        }
    }

    /// Two steps that took turns on an image could never be undone.
    void requireNothingBetween(long step, long image) throws ProblemException {
        var between =
                database.first(
                        row -> row.getString(1),
                        "SELECT other.title FROM change later JOIN step other ON other.id ="
                                + " later.step AND other.undone = 0 WHERE later.image IS ? AND"
                                + " later.step <> ? AND later.id > (SELECT min(id) FROM change WHERE"
                                + " image IS ? AND step = ?) LIMIT 1",
                        imageValue(image),
                        step,
                        imageValue(image),
                        step);
        if (between.isPresent()) {
            throw new ProblemException(
                    "An image was changed while a longer step was at work on it",
                    "“" + between.get() + "” came in between",
                    "Start the longer step anew");
        }
    }

    /// Whether the step is there and in effect.
    boolean isInEffect(long step) throws ProblemException {
        return database.longValue("SELECT count(*) FROM step WHERE id = ? AND undone = 0", step)
                > 0;
    }

    /// A step that was begun and not filled, as when the program was killed, is none that could be undone.
    Optional<StepRow> lastDone() throws ProblemException {
        return step(
                "SELECT id, title FROM step WHERE undone = 0 AND EXISTS (SELECT 1 FROM change WHERE"
                        + " change.step = step.id) ORDER BY sequence DESC LIMIT 1");
    }

    Optional<StepRow> lastDone(long image) throws ProblemException {
        return step(
                "SELECT step.id, title FROM change CROSS JOIN step ON step.id = change.step WHERE"
                        + " change.image = ? AND undone = 0 ORDER BY sequence DESC LIMIT 1",
                image);
    }

    Optional<StepRow> lastUndone() throws ProblemException {
        return step("SELECT id, title FROM step WHERE undone > 0 ORDER BY undone DESC LIMIT 1");
    }

    Optional<StepRow> lastUndone(long image) throws ProblemException {
        return step(
                "SELECT step.id, title FROM change CROSS JOIN step ON step.id = change.step WHERE"
                        + " change.image = ? AND undone > 0 ORDER BY undone DESC LIMIT 1",
                image);
    }

    private Optional<StepRow> step(String sql, Object... values) throws ProblemException {
        return database.first(row -> new StepRow(row.getLong(1), row.getString(2)), sql, values);
    }

    /// Takes a step back. Its changes are read one by one, so that a run over a hundred thousand images needs no memory.
    ///
    /// @return the rows of the images that changed
    /// @throws ProblemException if something else happened on one of its images afterwards
    Set<Long> undo(StepRow step, Changes changes) throws ProblemException {
        requireNothingAfter(
                step,
                """
                SELECT other.title FROM change mine
                JOIN change later ON later.image IS mine.image AND later.id > mine.id AND later.step <> mine.step
                JOIN step other ON other.id = later.step AND other.undone = 0
                WHERE mine.step = ? LIMIT 1\
                """);
        var images = replay(step, changes, false);
        database.update(
                "UPDATE step SET undone = (SELECT max(undone) + 1 FROM step) WHERE id = ?",
                step.id());
        return images;
    }

    /// Carries a step out again.
    ///
    /// @return the rows of the images that changed
    /// @throws ProblemException if something else on one of its images was undone afterwards
    Set<Long> redo(StepRow step, Changes changes) throws ProblemException {
        requireNothingAfter(
                step,
                """
                SELECT other.title FROM change mine
                JOIN change earlier ON earlier.image IS mine.image AND earlier.id < mine.id
                    AND earlier.step <> mine.step
                JOIN step other ON other.id = earlier.step AND other.undone > 0
                WHERE mine.step = ? LIMIT 1\
                """);
        var images = replay(step, changes, true);
        database.update(
                "UPDATE step SET undone = 0, sequence = (SELECT max(sequence) + 1 FROM step) WHERE"
                        + " id = ?",
                step.id());
        return images;
    }

    private void requireNothingAfter(StepRow step, String query) throws ProblemException {
        var conflict = database.first(row -> row.getString(1), query, step.id());
        if (conflict.isPresent()) {
            throw new ProblemException(
                    "“" + step.title() + "” cannot be taken back or carried out again yet",
                    "“" + conflict.get() + "” concerns one of its images too and comes before",
                    "Undo or redo that first");
        }
    }

    private record Entry(long image, Change change) {}

    private Set<Long> replay(StepRow step, Changes changes, boolean forwards)
            throws ProblemException {
        List<Long> ids = new ArrayList<>();
        database.forEach(
                row -> ids.add(row.getLong(1)),
                "SELECT id FROM change WHERE step = ? ORDER BY id",
                step.id());
        var images = new TreeSet<Long>();
        for (long id : forwards ? ids : ids.reversed()) {
            var entry =
                    database.first(
                                    row ->
                                            new Entry(
                                                    row.getLong(1),
                                                    Json.<Change>value(
                                                            row.getBytes(2), Change.TYPE)),
                                    "SELECT image, content FROM change WHERE id = ?",
                                    id)
                            .orElseThrow();
            changes.carryOut(entry.image(), forwards ? entry.change() : entry.change().inverse());
            if (entry.image() != 0) {
                images.add(entry.image());
            }
        }
        return images;
    }

    long stepCount() throws ProblemException {
        return database.longValue("SELECT count(*) FROM step");
    }

    /// Forgets all steps but the latest ones, and all that were undone.
    void trim(long kept) throws ProblemException {
        database.update("DELETE FROM step WHERE undone > 0");
        String old =
                "SELECT id FROM step WHERE id NOT IN (SELECT id FROM step ORDER BY sequence DESC LIMIT"
                        + " ?)";
        database.update("UPDATE run SET step = NULL WHERE step IN (" + old + ")", kept);
        database.update("DELETE FROM step WHERE id IN (" + old + ")", kept);
    }
}
