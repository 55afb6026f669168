package org.palimpsest.format.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.format.table.TextFiles;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Reads the rows of a table one at a time (RFC 4180): quoted cells may hold separators, quotes and line breaks.
///
/// The separator is the comma, semicolon or tab that the first line has most of. A byte order mark is accepted and tells
/// UTF-16 from UTF-8. Belongs to one thread.
public final class CsvReader implements AutoCloseable {
    static final int MAX_CELL = 1 << 20;
    static final int MAX_CELLS = 1000;

    private static final int LONGEST_HEADER = 1 << 16;
    private static final char QUOTE = '"';

    private final Path file;
    private final BufferedReader reader;
    private final char separator;
    private long line = 1;

    private CsvReader(Path file, BufferedReader reader, char separator) {
        this.file = file;
        this.reader = reader;
        this.separator = separator;
    }

    /// A row of the table.
    ///
    /// @param line where it begins, counted from 1
    public record Row(long line, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }

        /// The cell of that column; empty where the row is shorter.
        public String cell(int column) {
            return column >= 0 && column < cells.size() ? cells.get(column) : "";
        }
    }

    /// Opens a table, for the caller to close.
    ///
    /// @throws ProblemException if the file cannot be read
    public static CsvReader open(Path file) throws ProblemException {
        try {
            var reader = TextFiles.open(file);
            return new CsvReader(file, reader, separator(reader));
        } catch (IOException e) {
            throw cannotRead(file, 1, e);
        }
    }

    private static char separator(BufferedReader reader) throws IOException {
        reader.mark(LONGEST_HEADER);
        int[] counts = new int[3];
        String candidates = ",;\t";
        boolean quoted = false;
        for (int i = 0; i < LONGEST_HEADER - 1; i++) {
            int c = reader.read();
            if (c < 0 || !quoted && (c == '\n' || c == '\r')) {
                break;
            }
            quoted ^= c == QUOTE;
            int candidate = candidates.indexOf(c);
            if (!quoted && candidate >= 0) {
                counts[candidate]++;
            }
        }
        reader.reset();
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return candidates.charAt(best);
    }

    /// The next row that has a character in it; empty at the end.
    ///
    /// @throws ProblemException if a quoted cell is never closed, or a cell or row is too long
    public Optional<Row> next() throws ProblemException {
        try {
            var row = readRow();
            while (row.isPresent() && row.get().cells().equals(List.of(""))) {
                row = readRow();
            }
            return row;
        } catch (IOException e) {
            throw cannotRead(file, line, e);
        }
    }

    private Optional<Row> readRow() throws IOException, ProblemException {
        int c = reader.read();
        if (c < 0) {
            return Optional.empty();
        }
        long begins = line;
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        while (true) {
            if (c == QUOTE && cell.isEmpty()) {
                c = readQuoted(cell);
            }
            while (c >= 0 && c != separator && c != '\n' && c != '\r') {
                append(cell, c);
                c = reader.read();
            }
            cells.add(cell.toString());
            cell.setLength(0);
            if (cells.size() > MAX_CELLS) {
                throw fault(begins, "a row has more than " + MAX_CELLS + " cells");
            }
            if (c != separator) {
                endLine(c);
                return Optional.of(new Row(begins, cells));
            }
            c = reader.read();
        }
    }

    /// What comes behind the closing quote.
    private int readQuoted(StringBuilder cell) throws IOException, ProblemException {
        long begins = line;
        while (true) {
            int c = reader.read();
            if (c < 0) {
                throw fault(begins, "a quoted cell is never closed");
            }
            if (c == QUOTE) {
                c = reader.read();
                if (c != QUOTE) {
                    return c;
                }
            }
            line += c == '\n' ? 1 : 0;
            append(cell, c);
        }
    }

    private void append(StringBuilder cell, int c) throws ProblemException {
        if (cell.length() == MAX_CELL) {
            throw fault(line, "a cell is longer than " + MAX_CELL + " characters");
        }
        cell.append((char) c);
    }

    private void endLine(int c) throws IOException {
        line++;
        if (c == '\r') {
            reader.mark(1);
            if (reader.read() != '\n') {
                reader.reset();
            }
        }
    }

    private ProblemException fault(long at, String what) {
        return new ProblemException(
                "The table cannot be read",
                file + ", line " + at + ": " + what,
                "Repair the file, or write it anew");
    }

    private static ProblemException cannotRead(Path file, long line, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new ProblemException("There is no such file", file.toString(), "Check the path");
        }
        if (e instanceof CharacterCodingException) {
            return new ProblemException(
                    new Problem(
                            "The table is not UTF-8",
                            file + ", at or behind line " + line,
                            "Save it as UTF-8"),
                    e);
        }
        return new ProblemException(
                new Problem("The file cannot be read", file + ": " + e.getMessage(), ""), e);
    }

    @Override
    public void close() throws ProblemException {
        try {
            reader.close();
        } catch (IOException e) {
            throw cannotRead(file, line, e);
        }
    }
}
