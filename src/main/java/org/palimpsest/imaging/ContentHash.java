package org.palimpsest.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.palimpsest.problem.ProblemException;

/// SHA-256 of files: tells the same picture under another name, and a changed picture under the same name.
public final class ContentHash {
    private static final int BUFFER = 1 << 16;

    private ContentHash() {}

    /// The hash of the file's bytes in lower-case hexadecimal.
    public static String of(Path file) throws ProblemException {
        var digest = newDigest();
        try (var stream = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw ImageProblems.unreadable(file, String.valueOf(e.getMessage()), e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
