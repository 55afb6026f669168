package org.palimpsest.format.jsonl;

import java.nio.file.Path;
import org.palimpsest.format.Finding.Severity;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.ImportReport;
import org.palimpsest.problem.ProblemException;

/// Reads PaliGemma's training files of any flavour, line by line.
///
/// Every file is read to its end: a line that cannot be taken over is reported with its number and the reason, and
/// the rest goes on. Accepted with a warning because such files exist: a byte order mark, blank lines, prompts that
/// end in a line break or begin with `<image>`.
public final class PaliGemmaJsonlReader {
    private PaliGemmaJsonlReader() {}

    /// Takes one example and its line's number, counted from 1.
    @FunctionalInterface
    public interface ExampleConsumer {
        void accept(long line, JsonlExample example) throws ProblemException;
    }

    /// Hands over every example of the file, in order; the memory that takes does not depend on the file's length.
    ///
    /// @throws ProblemException if the file itself cannot be read
    public static ImportReport read(Path file, ExampleConsumer consumer) throws ProblemException {
        var findings = new FindingList();
        long count = read(file, "", findings, consumer);
        return new ImportReport(count, findings);
    }

    /// @param place what stands before the number of a line in a finding: empty, or the file's name and a blank
    static long read(Path file, String place, FindingList findings, ExampleConsumer consumer)
            throws ProblemException {
        long count = 0;
        try (var lines = JsonlLines.open(file)) {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                String where = place + "line " + line.get().number();
                for (var note : line.get().notes()) {
                    if (note.severity() == Severity.ERROR) {
                        findings.error(where, note.message());
                    } else {
                        findings.warning(where, note.message());
                    }
                }
                var example = line.get().example();
                if (example.isPresent()) {
                    consumer.accept(line.get().number(), example.get());
                    count++;
                }
            }
        }
        return count;
    }
}
