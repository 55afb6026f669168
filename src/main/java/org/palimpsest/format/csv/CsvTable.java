package org.palimpsest.format.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.problem.ProblemException;

/// Writes a table row by row as RFC 4180 has it: commas, CR LF, quotes where needed.
final class CsvTable implements AutoCloseable {
    private final DatasetExport export;
    private final OutputStream stream;

    /// @param byteOrderMark for spreadsheet programs that do not recognise UTF-8 otherwise
    CsvTable(DatasetExport export, String path, boolean byteOrderMark, String... header)
            throws ProblemException {
        this.export = export;
        this.stream = export.openFile(path);
        if (byteOrderMark) {
            write("\uFEFF");
        }
        row(header);
    }

    void row(String... cells) throws ProblemException {
        var line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            line.append(i == 0 ? "" : ",").append(quoted(cells[i]));
        }
        write(line.append("\r\n").toString());
    }

    private void write(String text) throws ProblemException {
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw export.cannotWrite(e);
        }
    }

    private static String quoted(String cell) {
        boolean plain =
                cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                        && cell.equals(cell.strip())
                        && !cell.startsWith("\uFEFF");
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() throws ProblemException {
        try {
            stream.close();
        } catch (IOException e) {
            throw export.cannotWrite(e);
        }
    }
}
