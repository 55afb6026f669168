package org.palimpsest.format.table;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Opens text files of other programs: UTF-8, or UTF-16 where a byte order mark says so.
public final class TextFiles {
    private TextFiles() {}

    /// The file's characters without the byte order mark, for the caller to close.
    ///
    /// @throws IOException while reading, a [java.nio.charset.CharacterCodingException] where a byte does not fit
    public static BufferedReader open(Path file) throws IOException {
        var bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        bytes.mark(3);
        byte[] start = bytes.readNBytes(3);
        bytes.reset();
        int mark = lengthOfMark(start);
        bytes.skipNBytes(mark);
        var decoder =
                charset(start, mark)
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        return new BufferedReader(new InputStreamReader(bytes, decoder), 1 << 16);
    }

    private static int lengthOfMark(byte[] start) {
        if (start.length == 3
                && start[0] == (byte) 0xEF
                && start[1] == (byte) 0xBB
                && start[2] == (byte) 0xBF) {
            return 3;
        }
        boolean wide =
                start.length >= 2
                        && (start[0] == (byte) 0xFF && start[1] == (byte) 0xFE
                                || start[0] == (byte) 0xFE && start[1] == (byte) 0xFF);
        return wide ? 2 : 0;
    }

    private static Charset charset(byte[] start, int mark) {
        if (mark != 2) {
            return StandardCharsets.UTF_8;
        }
        return start[0] == (byte) 0xFF ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }
}
