package org.palimpsest.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Turns image files and folders of the command line into files.
final class ImageArguments {
    private static final int MAX_DEPTH = 64;

    private ImageArguments() {}

    /// The files, those of folders in the order in which people count.
    ///
    /// @param recursive whether folders inside of folders are taken too
    static List<Path> expand(List<Path> arguments, boolean recursive) throws ProblemException {
        var files = new ArrayList<Path>();
        for (var argument : arguments) {
            if (!Files.exists(argument)) {
                throw new ProblemException(
                        "There is no such file or folder", argument.toString(), "Check the path");
            }
            if (!Files.isDirectory(argument)) {
                files.add(argument);
                continue;
            }
            for (var folder : recursive ? folders(argument) : List.of(argument)) {
                files.addAll(ImageFiles.list(folder));
            }
        }
        return files;
    }

    private static List<Path> folders(Path root) throws ProblemException {
        try (var all = Files.walk(root, MAX_DEPTH)) {
            return all.filter(Files::isDirectory).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder cannot be read",
                            root + ": " + e.getMessage(),
                            "Check that it may be opened"),
                    e);
        }
    }
}
