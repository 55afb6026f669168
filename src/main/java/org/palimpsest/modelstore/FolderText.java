package org.palimpsest.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the makers of a model say of it, in a file beside the weights: its card, its licence, notices.
///
/// @param name of the file
/// @param text without control characters
/// @param whole whether that is all of the file
public record FolderText(String name, String text, boolean whole) {
    private static final int MOST_BYTES = 256 << 10;
    private static final int MOST_FILES = 8;
    private static final int MOST_LISTED = 10_000;
    private static final List<String> BEGINNINGS =
            List.of(
                    "readme",
                    "model-card",
                    "model_card",
                    "modelcard",
                    "license",
                    "licence",
                    "notice",
                    "use_policy",
                    "terms");
    private static final List<String> ENDINGS = List.of("", ".md", ".txt");

    /// The texts in a folder, cards first; empty where there are none or the folder cannot be read.
    public static List<FolderText> readAll(Path folder) {
        var texts = new ArrayList<FolderText>();
        for (Path file : candidates(folder)) {
            if (texts.size() == MOST_FILES) {
                break;
            }
            read(file).ifPresent(texts::add);
        }
        return List.copyOf(texts);
    }

    private static List<Path> candidates(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(MOST_LISTED)
                    .filter(file -> rank(file) < BEGINNINGS.size())
                    .filter(file -> staysInside(folder, file))
                    .sorted((one, other) ->
                            rank(one) == rank(other)
                                    ? one.compareTo(other)
                                    : Integer.compare(rank(one), rank(other)))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// The cache of Hugging Face's library is made of links into a folder beside; other links are not followed.
    private static boolean staysInside(Path folder, Path file) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try {
            Path real = file.toRealPath();
            Path cache = folder.toRealPath().resolve("../..").normalize().resolve("blobs");
            return Files.isRegularFile(real) && real.startsWith(cache);
        } catch (IOException e) {
            return false;
        }
    }

    private static int rank(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        for (int i = 0; i < BEGINNINGS.size(); i++) {
            String beginning = BEGINNINGS.get(i);
            if (name.startsWith(beginning)
                    && ENDINGS.stream().anyMatch(ending -> endsSo(name, beginning, ending))) {
                return i;
            }
        }
        return BEGINNINGS.size();
    }

    /// `LICENSE`, `LICENSE.txt` and `LICENSE-gemma.txt`, but no `readme.png`.
    private static boolean endsSo(String name, String beginning, String ending) {
        return ending.isEmpty()
                ? !name.substring(beginning.length()).contains(".")
                : name.endsWith(ending);
    }

    private static Optional<FolderText> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES);
            boolean whole = in.read() < 0;
            // Bytes that are no text become U+FFFD.
            String text = new String(bytes, StandardCharsets.UTF_8);
            return Optional.of(
                    new FolderText(
                            String.valueOf(file.getFileName()),
                            text.replace("\r\n", "\n").replaceAll("[\\p{Cntrl}&&[^\n\t]]", ""),
                            whole));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
