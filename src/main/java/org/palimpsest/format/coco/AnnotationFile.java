package org.palimpsest.format.coco;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.ImagePaths;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// One JSON file of a data set.
///
/// @param folder where it lies from the folder that the person chose, with forward slashes; empty for that folder
record AnnotationFile(Path file, String folder) {
    private static final int MAX_FILES = 1_000;

    private static final Pattern SPLIT =
            Pattern.compile(
                    "(?:^|[^a-z])(train|training|val|valid|validation|dev|test)(?:[^a-z]|$)");

    /// The file that the person chose, or those of the chosen folder, its `annotations` and the folders of splits.
    ///
    /// @param preferred whether a file's name is that of the format; where no name is, every JSON file counts that the
    ///     second predicate allows
    /// @param possible whether a file may be of the format
    static List<AnnotationFile> find(
            DatasetImport data, Predicate<String> preferred, Predicate<String> possible)
            throws ProblemException {
        if (!Files.isDirectory(data.source())) {
            return List.of(new AnnotationFile(data.source(), ""));
        }
        var all = jsonFiles(data.source());
        var named = all.stream().filter(one -> preferred.test(one.name())).toList();
        var found =
                named.isEmpty()
                        ? all.stream().filter(one -> possible.test(one.name())).toList()
                        : named;
        if (found.isEmpty()) {
            throw new ProblemException(
                    "There is no annotation file in the folder",
                    data.source().toString(),
                    "Choose the JSON file itself, or the folder it lies in");
        }
        return found;
    }

    /// Every JSON file of a folder, of `annotations` in it and of folders named after splits, by name.
    static List<AnnotationFile> jsonFiles(Path source) throws ProblemException {
        var found = new ArrayList<AnnotationFile>();
        try {
            for (var folder : List.of("", "annotations", "train", "valid", "val", "test")) {
                Path path = source.resolve(folder);
                if (Files.isDirectory(path)) {
                    try (var files = Files.list(path)) {
                        files.filter(AnnotationFile::isJson)
                                .sorted()
                                .limit(MAX_FILES)
                                .forEach(file -> found.add(new AnnotationFile(file, folder)));
                    }
                }
            }
            return found;
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder cannot be read",
                            source + ": " + e.getMessage(),
                            "Check that you may read it"),
                    e);
        }
    }

    private static boolean isJson(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".json")
                && !name.startsWith(".")
                && !name.equals("palimpsest-export.json")
                && Files.isRegularFile(file);
    }

    String name() {
        return file.getFileName().toString();
    }

    /// The split that the file's name, or its folder's, says.
    Split split() {
        return splitOf(folder + "/" + name());
    }

    /// The split that a name says: `instances_val2017.json` is for validation.
    static Split splitOf(String name) {
        var found = SPLIT.matcher(name.toLowerCase(Locale.ROOT));
        if (!found.find()) {
            return Split.UNASSIGNED;
        }
        return switch (found.group(1).charAt(0)) {
            case 't' -> found.group(1).equals("test") ? Split.TEST : Split.TRAIN;
            default -> Split.VALIDATION;
        };
    }

    /// The path of an image that the file names, from the chosen folder, where it lies in the file's own folder; else the
    /// path as it is.
    String imagePath(DatasetImport data, String path) {
        if (folder.isEmpty()
                || ImagePaths.reasonToRefuse(path).isPresent()
                || !Files.isRegularFile(data.folder().resolve(folder).resolve(path))) {
            return path;
        }
        return folder + "/" + path;
    }
}
