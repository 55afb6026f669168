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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A project and, behind it, image files and folders of the command line.
final class ImageArguments {
    private static final int MAX_DEPTH = 64;

    @Parameters(
            index = "0",
            paramLabel = "PROJECT",
            description = "The project file, such as streets.palimpsest.")
    private Path project;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "IMAGE",
            description = "Folders of images, or image files.")
    private List<Path> arguments = List.of();

    @Option(names = "--recursive", description = "Take the folders inside of the folders too.")
    private boolean recursive;

    Path project() {
        return project;
    }

    /// The images, those of folders in the order in which people count.
    List<Path> files() throws ProblemException {
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
