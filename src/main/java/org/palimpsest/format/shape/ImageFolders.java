package org.palimpsest.format.shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Folders in which images and files about them lie side by side.
public final class ImageFolders {
    private static final int DEEPEST = 12;

    private ImageFolders() {}

    /// Formats that find an image's file by the image's own path need the images in the export.
    ///
    /// @throws ProblemException if the images are to stay where they are
    public static void requireCopies(DatasetExport data, String title) throws ProblemException {
        if (data.options().images() == ImagesMode.REFER) {
            throw new ProblemException(
                    title + " needs the images in the export",
                    "its files are found by where the images lie",
                    "Copy or link the images");
        }
    }

    /// The image files of a folder and of the folders in it, sorted; links to folders are not followed.
    public static List<Path> images(Path folder) throws ProblemException {
        return files(folder, ImageFiles::isImage);
    }

    /// The files of a folder and of the folders in it whose names end so, sorted.
    ///
    /// @param ending in lower case with its dot
    public static List<Path> files(Path folder, String ending) throws ProblemException {
        return files(
                folder,
                file ->
                        file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending)
                                && Files.isRegularFile(file));
    }

    private static List<Path> files(Path folder, Predicate<Path> wanted) throws ProblemException {
        try (var all = Files.walk(folder, DEEPEST)) {
            return all.filter(wanted)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder cannot be read",
                            folder + ": " + e.getMessage(),
                            "Check that it is there and may be opened"),
                    e);
        }
    }

    /// A path from a folder, with forward slashes.
    public static String relative(Path folder, Path file) {
        return StreamSupport.stream(folder.relativize(file).spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }

    /// A file's name without its extension.
    public static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }
}
