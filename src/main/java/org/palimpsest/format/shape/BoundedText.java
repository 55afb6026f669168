package org.palimpsest.format.shape;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Small text files that are read as a whole: bounded, and in the encoding that their byte order mark tells.
public final class BoundedText {
    private BoundedText() {}

    /// The file's text without byte order mark: UTF-8, or UTF-16 where a mark says so; what is not UTF-8 is taken as
    /// Latin 1.
    ///
    /// @throws ProblemException if it cannot be read or has more bytes than the limit
    public static String read(Path file, int limit) throws ProblemException {
        byte[] bytes;
        try (var stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(limit + 1);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The file cannot be read",
                            file + ": " + e.getMessage(),
                            "Check that it is there and may be read"),
                    e);
        }
        if (bytes.length > limit) {
            throw new ProblemException(
                    "The file is too large",
                    file + " has more than " + limit + " bytes",
                    "Check that it is a file of this format");
        }
        return decode(bytes);
    }

    private static String decode(byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return text(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return text(bytes, 2, StandardCharsets.UTF_16BE);
        }
        int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                    .toString();
        } catch (CharacterCodingException e) {
            return text(bytes, start, StandardCharsets.ISO_8859_1);
        }
    }

    private static String text(byte[] bytes, int start, Charset charset) {
        return new String(bytes, start, bytes.length - start, charset);
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
