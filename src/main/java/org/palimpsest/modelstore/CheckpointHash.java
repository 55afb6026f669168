package org.palimpsest.modelstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.palimpsest.paligemma.ModelInfo;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Tells the weights of one model from those of another of the same name.
///
/// Small files are hashed whole. Of large ones, names, lengths and 64 pieces spread evenly over each file are, which finds
/// every training run, as that changes all weights, and takes milliseconds instead of the better part of a minute.
public final class CheckpointHash {
    private static final int PIECES = 64;
    private static final int PIECE_BYTES = 1 << 16;
    private static final int DIGITS = 16;

    private CheckpointHash() {}

    /// 16 hexadecimal digits for the weights of an open model, together with the adapter in use.
    public static String of(ModelInfo model) throws ProblemException {
        String weights = of(model.files());
        if (model.adapter().isEmpty()) {
            return weights;
        }
        String both = weights + "\0" + model.adapter().get().sha256();
        byte[] hash = sha256().digest(both.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    }

    /// 16 hexadecimal digits.
    ///
    /// @param files the files of the weights
    public static String of(List<Path> files) throws ProblemException {
        var digest = sha256();
        for (var file :
                files.stream().sorted(Comparator.comparing(CheckpointHash::name)).toList()) {
            try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
                long length = channel.size();
                digest.update((name(file) + "\0" + length + "\0").getBytes(StandardCharsets.UTF_8));
                boolean whole = length <= (long) PIECES * PIECE_BYTES;
                long step = whole ? PIECE_BYTES : (length - PIECE_BYTES) / (PIECES - 1);
                var buffer = ByteBuffer.allocate(PIECE_BYTES);
                for (long at = 0; at < length; at += step) {
                    buffer.clear();
                    while (buffer.hasRemaining()
                            && channel.read(buffer, at + buffer.position()) >= 0) {
                        // until the piece or the file ends
                    }
                    digest.update(buffer.flip());
                }
            } catch (IOException e) {
                throw new ProblemException(
                        new Problem(
                                "The model's weights cannot be read",
                                file + ": " + e.getMessage(),
                                "Check the model's folder"),
                        e);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
