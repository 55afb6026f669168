package org.palimpsest.project;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One connection to a project file, with its statements kept prepared, and SQLite's failures in words.
///
/// Belongs to one thread at a time.
final class Database implements AutoCloseable {
    /// `PMPS`: SQLite keeps it in the file's header, so that another program's database is refused.
    static final int APPLICATION_ID = 0x504D5053;

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /// Filters make statements without end; those used least are closed.
    private static final int KEPT_STATEMENTS = 200;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final Connection connection;
    private final LinkedHashMap<String, PreparedStatement> statements =
            new LinkedHashMap<>(16, 0.75f, true);

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /// Work in a transaction.
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run() throws SQLException, ProblemException;
    }

    /// Reads one row.
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException, ProblemException;
    }

    /// Takes one row.
    @FunctionalInterface
    interface RowConsumer {
        void accept(ResultSet row) throws SQLException, ProblemException;
    }

    /// Opens a file that is there already, or makes it. Nothing is written until [#beginWriting].
    ///
    /// To read a project, SQLite makes files beside it, where it may; a project in a folder that cannot be written is
    /// read as a file that nobody changes.
    static Database open(Path file, boolean writable) throws ProblemException {
        return open(file, writable, !writable && isFixed(file));
    }

    /// @param fixed whether the file is read as one that cannot change while it is read, and nothing is made beside it
    static Database open(Path file, boolean writable, boolean fixed) throws ProblemException {
        var settings = new Properties();
        settings.setProperty("busy_timeout", "5000");
        settings.setProperty("foreign_keys", "true");
        // Otherwise the driver asks for the row's id after each insertion, in a statement that it
        // leaves open.
        settings.setProperty("jdbc.get_generated_keys", "false");
        if (fixed) {
            settings.setProperty("open_mode", "1"); // SQLITE_OPEN_READONLY
        }
        String address =
                JDBC.PREFIX + file.toAbsolutePath().toUri() + (fixed ? "?immutable=1" : "");
        try {
            var connection = JDBC.createConnection(address, settings);
            if (connection == null) {
                throw new IllegalStateException("SQLite's driver does not know its own addresses");
            }
            var database = new Database(file, connection);
            try {
                if (!writable) {
                    // Not SQLITE_OPEN_READONLY: such a connection cannot clear away the files
                    // that it needs beside the project.
                    database.execute("PRAGMA query_only = ON");
                }
                database.execute("PRAGMA cache_size = -131072"); // KiB
                database.execute("PRAGMA temp_store = MEMORY");
                return database;
            } catch (ProblemException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw problem(file, e);
        }
    }

    /// Whether SQLite could not make the files beside the project that it needs to read along with a writer.
    private static boolean isFixed(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && !Files.isWritable(folder) && !hasLog(file);
    }

    private static boolean hasLog(Path file) {
        try {
            return Files.size(file.resolveSibling(file.getFileName() + "-wal")) > 0;
        } catch (IOException e) {
            return false; // there is none
        }
    }

    /// From here on commits are forced to the disk before they return, so that they outlive a power cut.
    void beginWriting() throws ProblemException {
        execute("PRAGMA journal_mode = WAL");
        execute("PRAGMA synchronous = FULL");
    }

    /// Refuses what is no SQLite database before SQLite touches it.
    static void requireDatabase(Path file) throws ProblemException {
        if (!Files.isRegularFile(file)) {
            throw new ProblemException(
                    "There is no such project",
                    file.toString(),
                    "Check the path, or make one with 'palimpsest project create'");
        }
        byte[] first = new byte[MAGIC.length];
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(ByteBuffer.wrap(first));
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The project cannot be read",
                            file + ": " + e.getMessage(),
                            "Check that you may read the file"),
                    e);
        }
        if (!Arrays.equals(first, MAGIC)) {
            throw new ProblemException(
                    "This file is not a Palimpsest project",
                    file + " does not begin as a SQLite database does",
                    "Choose a file that 'palimpsest project create' made, or restore a backup");
        }
    }

    Path file() {
        return file;
    }

    void execute(String sql) throws ProblemException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw problem(file, e);
        }
    }

    /// Changes rows and gives their number.
    int update(String sql, Object... values) throws ProblemException {
        try {
            return bind(sql, values).executeUpdate();
        } catch (SQLException e) {
            forget(sql);
            throw problem(file, e);
        }
    }

    /// Inserts a row and gives its id.
    long insert(String sql, Object... values) throws ProblemException {
        update(sql, values);
        return longValue("SELECT last_insert_rowid()");
    }

    /// The first row; null where there is none.
    <T> Optional<T> first(RowReader<T> reader, String sql, Object... values)
            throws ProblemException {
        try (var rows = bind(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            forget(sql);
            throw problem(file, e);
        } catch (RuntimeException e) {
            throw damaged(file, e);
        }
    }

    /// A number that the query gives in every case.
    long longValue(String sql, Object... values) throws ProblemException {
        return first(row -> row.getLong(1), sql, values).orElseThrow();
    }

    /// Every row, one after the other. The consumer must not run the same query inside.
    void forEach(RowConsumer consumer, String sql, Object... values) throws ProblemException {
        try (var rows = bind(sql, values).executeQuery()) {
            while (rows.next()) {
                consumer.accept(rows);
            }
        } catch (SQLException e) {
            forget(sql);
            throw problem(file, e);
        } catch (RuntimeException e) {
            throw damaged(file, e);
        }
    }

    /// Another number when another connection has changed the file.
    long dataVersion() throws ProblemException {
        return longValue("PRAGMA data_version");
    }

    /// Runs the work as a whole or not at all.
    <T extends @Nullable Object> T transaction(Work<T> work) throws ProblemException {
        boolean done = false;
        execute("BEGIN IMMEDIATE");
        try {
            T result = work.run();
            execute("COMMIT");
            done = true;
            return result;
        } catch (SQLException e) {
            throw problem(file, e);
        } finally {
            if (!done) {
                rollBack();
            }
        }
    }

    /// Runs reading work on one unchanging state of the file.
    <T extends @Nullable Object> T snapshot(Work<T> work) throws ProblemException {
        execute("BEGIN");
        try {
            return work.run();
        } catch (SQLException e) {
            throw problem(file, e);
        } finally {
            rollBack();
        }
    }

    private void rollBack() {
        try (var statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself, as it does when the disk is full.
            LOG.debug("Nothing to roll back", e);
        }
    }

    /// The driver closes a statement that failed.
    private void forget(String sql) {
        try (var _ = statements.remove(sql)) {
            LOG.debug("Prepared anew next time: {}", sql);
        } catch (SQLException e) {
            LOG.debug("Already closed", e);
        }
    }

    private PreparedStatement bind(String sql, Object... values) throws SQLException {
        var statement = statements.get(sql);
        if (statement == null) {
            if (statements.size() >= KEPT_STATEMENTS) {
                var oldest = statements.pollFirstEntry();
                if (oldest != null) {
                    oldest.getValue().close();
                }
            }
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i] instanceof Maybe(var value) ? value : values[i]);
        }
        return statement;
    }

    /// A value that may be null, where a plain argument may not.
    record Maybe(@Nullable Object value) {}

    @Override
    public void close() throws ProblemException {
        try {
            for (var statement : statements.values()) {
                statement.close();
            }
            statements.clear();
            connection.close();
        } catch (SQLException e) {
            throw problem(file, e);
        }
    }

    /// Rows are only interpreted while they are read, so what fails there is the file's fault: a flipped bit may make
    /// anything of a value.
    static ProblemException damaged(Path file, RuntimeException e) {
        return new ProblemException(
                new Problem(
                        "The project file is damaged",
                        file + ": " + e.getMessage(),
                        "Restore a backup or an archive of it; 'palimpsest project check' says what"
                                + " is damaged"),
                e);
    }

    /// What SQLite says, in words, with what helps.
    static ProblemException problem(Path file, SQLException e) {
        var code =
                e instanceof SQLiteException known
                        ? known.getResultCode()
                        : SQLiteErrorCode.SQLITE_ERROR;
        String place = file.toString();
        var problem =
                switch (SQLiteErrorCode.getErrorCode(code.code & 0xFF)) {
                    case SQLITE_FULL ->
                            new Problem(
                                    "The disk is full, nothing was changed",
                                    place,
                                    "Make room and try again");
                    case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
                            new Problem(
                                    "The project cannot be written",
                                    place + ": " + e.getMessage(),
                                    "Check that you may write to the file and its folder");
                    case SQLITE_BUSY, SQLITE_LOCKED ->
                            new Problem(
                                    "The project is in use by another program",
                                    place,
                                    "Close it there, or wait until its work is done");
                    case SQLITE_CORRUPT, SQLITE_NOTADB ->
                            new Problem(
                                    "The project file is damaged",
                                    place + ": " + e.getMessage(),
                                    "Restore a backup or an archive of it; 'palimpsest project check'"
                                            + " says what is damaged");
                    case SQLITE_IOERR ->
                            new Problem(
                                    "The disk does not read or write",
                                    place + ": " + e.getMessage(),
                                    "Check the disk and its connection");
                    default ->
                            new Problem(
                                    "The project database refuses",
                                    place + ": " + e.getMessage(),
                                    "Run 'palimpsest project check'");
                };
        return new ProblemException(problem, e);
    }
}
