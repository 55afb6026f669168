package org.palimpsest.format.jsonl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.palimpsest.format.Finding.Severity;
import org.palimpsest.format.jsonl.JsonlLine.Ending;
import org.palimpsest.format.jsonl.JsonlLine.Note;

/// Splits a stream into lines of UTF-8, none longer than a bound; what is longer is skipped, not kept.
final class BoundedLines {
    /// A line, or why it could not be read.
    ///
    /// @param number counted from 1
    /// @param text without its line end; empty where there is a fault
    record Line(long number, String text, Ending ending, @Nullable Note fault) {}

    private final InputStream stream;
    private final int limit;
    private long number;

    BoundedLines(InputStream stream, int limit) {
        this.stream = stream;
        this.limit = limit;
    }

    /// The next line, or null at the end.
    @Nullable Line next() throws IOException {
        var bytes = new ByteArrayOutputStream();
        boolean tooLong = false;
        int octet = stream.read();
        if (octet < 0) {
            return null;
        }
        number++;
        int last = -1;
        while (octet >= 0 && octet != '\n') {
            tooLong |= bytes.size() == limit;
            if (!tooLong) {
                bytes.write(octet);
            }
            last = octet;
            octet = stream.read();
        }
        var ending =
                octet < 0
                        ? Ending.END_OF_FILE
                        : last == '\r' ? Ending.CARRIAGE_RETURN_AND_LINE_FEED : Ending.LINE_FEED;
        if (tooLong) {
            return fault(
                    ending, JsonlRule.LINE_TOO_LONG, "the line is longer than " + limit + " bytes");
        }
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes.toByteArray()))
                            .toString();
            return new Line(
                    number,
                    text.endsWith("\r") ? text.substring(0, text.length() - 1) : text,
                    ending,
                    null);
        } catch (CharacterCodingException e) {
            return fault(ending, JsonlRule.NOT_UTF_8, "the line is not UTF-8");
        }
    }

    private Line fault(Ending ending, JsonlRule rule, String message) {
        return new Line(number, "", ending, new Note(rule, Severity.ERROR, message));
    }
}
