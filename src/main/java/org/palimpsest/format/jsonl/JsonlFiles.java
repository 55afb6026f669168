package org.palimpsest.format.jsonl;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.palimpsest.dataset.Split;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// The training files of a folder, whichever trainer's layout it has.
public final class JsonlFiles {
    /// A data set has one file for each split; a folder of more is none.
    private static final int MAX_FILES = 1000;

    /// Deep enough for a folder `dataset` with a folder for each split.
    private static final int MAX_DEPTH = 3;

    private static final Pattern SPLIT_WORD =
            Pattern.compile(
                    "(?:^|[^a-z])(train|training|val|valid|validation|dev|test)(?:$|[^a-z])");

    private JsonlFiles() {}

    /// One training file.
    ///
    /// @param file where it is
    /// @param folder the folder it lies in, from the data set's folder, with forward slashes and one behind it; empty
    ///     for the data set's folder itself
    /// @param split which part of the data set it is, where names tell
    public record Found(Path file, String folder, Optional<Split> split) {

        /// From the data set's folder.
        public String name() {
            return folder + file.getFileName();
        }
    }

    /// The files, by split and then by name.
    ///
    /// @param source a training file, or a folder with some
    /// @throws ProblemException if there is none
    public static List<Found> of(Path source) throws ProblemException {
        if (!Files.isDirectory(source)) {
            return List.of(
                    new Found(source, "", splitOf(source, source.getParent() == null ? 1 : 2)));
        }
        List<Path> files;
        try (var walk = Files.walk(source, MAX_DEPTH)) {
            files =
                    walk.filter(JsonlFiles::isTrainingFile)
                            .filter(file -> !isHidden(source.relativize(file)))
                            .limit(MAX_FILES + 1L)
                            .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder cannot be read",
                            source + ": " + e.getMessage(),
                            "Check that it may be opened"),
                    e);
        }
        if (files.isEmpty() || files.size() > MAX_FILES) {
            throw new ProblemException(
                    files.isEmpty()
                            ? "There is no training file in the folder"
                            : "There are too many training files in the folder",
                    source.toString(),
                    "Choose a .jsonl file, or the folder of one data set");
        }
        return files.stream()
                .map(file -> found(source, file))
                .sorted(
                        Comparator.<Found>comparingInt(
                                        one -> one.split().map(Split::ordinal).orElse(0))
                                .thenComparing(Found::name))
                .toList();
    }

    private static boolean isTrainingFile(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jsonl")
                && Files.isRegularFile(file);
    }

    private static boolean isHidden(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }

    private static Found found(Path source, Path file) {
        Path relative = source.relativize(file);
        String folder =
                StreamSupport.stream(relative.spliterator(), false)
                        .limit(relative.getNameCount() - 1L)
                        .map(part -> part + "/")
                        .collect(Collectors.joining());
        return new Found(file, folder, splitOf(relative, relative.getNameCount()));
    }

    /// What the file's name says, or else the nearest folder that is called like a split.
    ///
    /// @param parts how many names at the end of the path to look at
    private static Optional<Split> splitOf(Path path, int parts) {
        int last = path.getNameCount() - 1;
        String name = path.getName(last).toString().toLowerCase(Locale.ROOT);
        var word = SPLIT_WORD.matcher(name);
        if (word.find()) {
            return splitOfWord(word.group(1));
        }
        for (int i = last - 1; i > last - parts && i >= 0; i--) {
            var split = splitOfWord(path.getName(i).toString().toLowerCase(Locale.ROOT));
            if (split.isPresent()) {
                return split;
            }
        }
        return Optional.empty();
    }

    private static Optional<Split> splitOfWord(String word) {
        return switch (word) {
            case "train", "training" -> Optional.of(Split.TRAIN);
            case "val", "valid", "validation", "dev" -> Optional.of(Split.VALIDATION);
            case "test" -> Optional.of(Split.TEST);
            default -> Optional.empty();
        };
    }

    /// Whether the bytes of a file contain a text of ASCII characters, none of which but the first equals the first.
    static boolean contains(Path file, String text) throws ProblemException {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        try (var stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            int matched = 0;
            for (int octet = stream.read(); octet >= 0; octet = stream.read()) {
                if (octet == wanted[matched]) {
                    matched++;
                    if (matched == wanted.length) {
                        return true;
                    }
                } else {
                    matched = octet == wanted[0] ? 1 : 0;
                }
            }
            return false;
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("The file cannot be read", file + ": " + e.getMessage(), ""), e);
        }
    }
}
