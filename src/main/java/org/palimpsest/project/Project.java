package org.palimpsest.project;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.DatasetSink;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// A project: a data set in one SQLite file, with its whole history. The image files stay where they are.
///
/// Every change is an [Edit], written with the history in one transaction that is forced to the disk: what [#apply] has
/// returned from is there after a crash or a power cut. Undo and redo outlive the program.
///
/// Thread-safe: one call at a time, the others wait. A [Dataset] of it reads on a connection of its own, the state of the
/// moment in which the reading began.
public final class Project implements AutoCloseable {
    /// What project files are called: `streets.palimpsest`.
    public static final String EXTENSION = ".palimpsest";

    private static final long UNKNOWN = -1;

    private final Path file;
    private final InstantSource clock;
    private final Database database;
    private final Names names;
    private final StoredPaths paths;
    private final Changes changes;
    private final Journal journal;
    private final ReentrantLock lock = new ReentrantLock();
    private long dataVersion;

    private Project(Path file, InstantSource clock, Database database) throws ProblemException {
        this.file = file;
        this.clock = clock;
        this.database = database;
        this.dataVersion = database.dataVersion();
        this.names = new Names(database);
        this.paths = new StoredPaths(file.toAbsolutePath().resolveSibling(""));
        this.changes = new Changes(database, names, paths);
        this.journal = new Journal(database, clock);
    }

    /// Makes an empty project.
    ///
    /// @param clock tells when steps are made
    /// @throws ProblemException if the file is there already, or cannot be made
    public static Project create(Path file, InstantSource clock) throws ProblemException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            throw new ProblemException(
                    new Problem(
                            "There is such a file already",
                            file.toString(),
                            "Choose another name, or open it"),
                    e);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The project cannot be made",
                            file + ": " + e,
                            "Choose a folder that you may write to"),
                    e);
        }
        boolean made = false;
        try {
            var database = Database.open(file, true);
            try {
                Schema.create(database);
                database.beginWriting();
                var project = new Project(file, clock, database);
                made = true;
                return project;
            } finally {
                if (!made) {
                    database.close();
                }
            }
        } finally {
            if (!made) {
                ProjectFiles.delete(file);
            }
        }
    }

    /// Opens a project for reading and writing. An older one is brought up to date.
    ///
    /// @throws ProblemException if there is none, it is damaged, newer than the program, or cannot be written
    public static Project open(Path file, InstantSource clock) throws ProblemException {
        Database.requireDatabase(file);
        ProjectFiles.requireWritable(file);
        return open(file, clock, true);
    }

    /// Opens a project for reading only; edits are refused.
    public static Project openForReading(Path file) throws ProblemException {
        Database.requireDatabase(file);
        return open(file, InstantSource.system(), false);
    }

    private static Project open(Path file, InstantSource clock, boolean writable)
            throws ProblemException {
        var database = Database.open(file, writable);
        boolean opened = false;
        try {
            Schema.check(database, writable);
            var project = new Project(file, clock, database);
            if (writable) {
                database.beginWriting();
            }
            opened = true;
            return project;
        } finally {
            if (!opened) {
                database.close();
            }
        }
    }

    public Path file() {
        return file;
    }

    /// The labels in the person's order.
    public LabelSet labels() throws ProblemException {
        return reading(names::labels);
    }

    public Optional<AnnotatedImage> image(ImageId id) throws ProblemException {
        return reading(() -> reader(database, names).image(id));
    }

    /// The image whose file this is, or that has the same contents.
    public Optional<ImageId> find(Path image, String contentHash) throws ProblemException {
        return reading(() ->
                database.first(
                        row -> ImageId.parse(row.getString(1)),
                        "SELECT uuid FROM image WHERE path = ? OR (content_hash = ? AND"
                                + " content_hash <> '') ORDER BY path <> ? LIMIT 1",
                        paths.stored(image),
                        contentHash,
                        paths.stored(image)));
    }

    public long count(ImageFilter filter) throws ProblemException {
        return reading(() -> reader(database, names).count(filter));
    }

    /// Some of the images that a filter means, in the order in which they came into the project.
    ///
    /// @param after where the page begins: [ImagePage#START], or [ImagePage#next] of the page before
    public ImagePage page(ImageFilter filter, long after, int limit) throws ProblemException {
        return reading(() -> reader(database, names).page(filter, after, limit));
    }

    /// The images that a filter means, as a data set.
    public Dataset dataset(ImageFilter filter) throws ProblemException {
        return new ProjectDataset(this, filter, labels(), count(filter));
    }

    /// Numbers for an overview.
    public ProjectInfo info() throws ProblemException {
        return reading(() -> ProjectInfo.of(database, names));
    }

    /// Carries out an edit as one step.
    ///
    /// @throws IllegalStateException if the project is not as the edit expects it; then nothing changed
    public void apply(Edit edit) throws ProblemException {
        writing(() -> {
            long step = journal.begin(edit.title());
            changes.apply(edit, (image, change) -> journal.append(step, image, change));
            journal.discardIfEmpty(step);
            return step;
        });
    }

    /// Begins a step to which edits are added one by one, each saved at once, such as a run of a model.
    public ProjectStep beginStep(String title) throws ProblemException {
        return new ProjectStep(this, writing(() -> journal.begin(title)));
    }

    /// Goes on with a step that an interruption left; empty where it was undone or forgotten.
    public Optional<ProjectStep> resumeStep(long id) throws ProblemException {
        return reading(() -> journal.isInEffect(id))
                ? Optional.of(new ProjectStep(this, id))
                : Optional.empty();
    }

    /// Adds edits to a step, together with whatever else is to be saved with them, all or nothing.
    ///
    /// @throws ProblemException if the step was taken back in the meantime
    void extend(long step, Collection<? extends Edit> edits, Database.Work<?> more)
            throws ProblemException {
        writing(() -> {
            journal.requireInEffect(step);
            boolean last = journal.isLast(step);
            for (var edit : edits) {
                changes.apply(
                        edit,
                        (image, change) -> {
                            if (!last) {
                                journal.requireNothingBetween(step, image);
                                journal.bringBehind(step, image);
                            }
                            journal.append(step, image, change);
                        });
            }
            return more.run();
        });
    }

    /// Reads a data set of another program into the project, as one step: all of it, or nothing where the work throws.
    ///
    /// @param title what undoing it is called
    public <T> T importData(String title, ImportWork<T> work) throws ProblemException {
        return writing(() -> {
            long step = journal.begin(title);
            T result = work.readInto(new ProjectSink(this, step));
            journal.discardIfEmpty(step);
            return result;
        });
    }

    /// Reads a data set into a sink.
    @FunctionalInterface
    public interface ImportWork<T> {
        T readInto(DatasetSink sink) throws ProblemException;
    }

    /// A step that was taken back or carried out again.
    ///
    /// @param images those that changed
    public record Replayed(String title, Set<ImageId> images) {}

    /// What [#undo()] would take back, as a menu names it.
    public Optional<String> nextUndo() throws ProblemException {
        return reading(() -> journal.lastDone().map(Journal.StepRow::title));
    }

    /// What [#redo()] would carry out again.
    public Optional<String> nextRedo() throws ProblemException {
        return reading(() -> journal.lastUndone().map(Journal.StepRow::title));
    }

    /// Takes the last step back; empty where there is none.
    public Optional<Replayed> undo() throws ProblemException {
        return writing(() -> replay(journal.lastDone(), false));
    }

    /// Takes the last step on this image back. A step on several images is taken back on all of them.
    ///
    /// @throws ProblemException if something happened later on another image of that step
    public Optional<Replayed> undo(ImageId image) throws ProblemException {
        return writing(() -> replay(journal.lastDone(row(image)), false));
    }

    /// Carries out again what was undone last; empty where there is nothing.
    public Optional<Replayed> redo() throws ProblemException {
        return writing(() -> replay(journal.lastUndone(), true));
    }

    /// Carries out again what was undone last on this image.
    public Optional<Replayed> redo(ImageId image) throws ProblemException {
        return writing(() -> replay(journal.lastUndone(row(image)), true));
    }

    private long row(ImageId image) throws ProblemException {
        return new ImageTable(database).row(image).orElse(-1L);
    }

    Optional<Replayed> replay(Optional<Journal.StepRow> step, boolean forwards)
            throws ProblemException {
        if (step.isEmpty()) {
            return Optional.empty();
        }
        // Images that the replay takes away have their ids before it, those it brings back after.
        var images = new LinkedHashSet<>(imagesOf(step.get().id()));
        try {
            if (forwards) {
                journal.redo(step.get(), changes);
            } else {
                journal.undo(step.get(), changes);
            }
        } catch (IllegalStateException e) {
            // The history leads to every state that it leaves, in a sound file.
            throw Database.damaged(file, e);
        }
        images.addAll(imagesOf(step.get().id()));
        return Optional.of(new Replayed(step.get().title(), images));
    }

    private List<ImageId> imagesOf(long step) throws ProblemException {
        var ids = new ArrayList<ImageId>();
        database.forEach(
                row -> ids.add(ImageId.parse(row.getString(1))),
                "SELECT uuid FROM image WHERE id IN (SELECT image FROM change WHERE step = ?)",
                step);
        return ids;
    }

    ProjectReader reader(Database open, Names labels) {
        return new ProjectReader(open, labels, paths);
    }

    InstantSource clock() {
        return clock;
    }

    StoredPaths paths() {
        return paths;
    }

    Names names() {
        return names;
    }

    Database database() {
        return database;
    }

    Changes changes() {
        return changes;
    }

    Journal journal() {
        return journal;
    }

    <T extends @Nullable Object> T reading(Database.Work<T> work) throws ProblemException {
        lock.lock();
        try {
            seeOtherPrograms();
            return work.run();
        } catch (SQLException e) {
            throw Database.problem(file, e);
        } catch (IllegalArgumentException e) {
            throw Database.damaged(file, e);
        } finally {
            lock.unlock();
        }
    }

    <T extends @Nullable Object> T writing(Database.Work<T> work) throws ProblemException {
        lock.lock();
        boolean done = false;
        try {
            T result =
                    database.transaction(() -> {
                        seeOtherPrograms();
                        return work.run();
                    });
            done = true;
            return result;
        } catch (IllegalArgumentException e) {
            throw Database.damaged(file, e);
        } finally {
            if (!done) {
                dataVersion = UNKNOWN; // labels and sources of the attempt are gone
            }
            lock.unlock();
        }
    }

    /// Labels and sources are kept in memory, so they are read again when another program has changed the file.
    private void seeOtherPrograms() throws ProblemException {
        long version = database.dataVersion();
        if (version != dataVersion) {
            names.reload();
            dataVersion = version;
        }
    }

    @Override
    public void close() throws ProblemException {
        lock.lock();
        try {
            database.close();
        } finally {
            lock.unlock();
        }
    }
}
