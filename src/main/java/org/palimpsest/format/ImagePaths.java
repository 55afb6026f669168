package org.palimpsest.format;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.problem.ProblemException;

/// Image paths as they stand in a file: relative, with forward slashes, never out of their folder.
public final class ImagePaths {
    private ImagePaths() {}

    /// The innermost folder that holds all of the images.
    public static Path commonFolder(Collection<AnnotatedImage> images) throws ProblemException {
        Path common = null;
        for (var image : images) {
            Path folder = absolute(image.image().file()).getParent();
            while (common != null && folder != null && !folder.startsWith(common)) {
                common = common.getParent();
            }
            common = common == null ? folder : common;
            if (common == null || folder == null || !folder.startsWith(common)) {
                throw new ProblemException(
                        "The images have no folder in common",
                        image.image().file().toString(),
                        "Export the images of one drive at a time");
            }
        }
        return common == null ? absolute(Path.of("")) : common;
    }

    public static String relative(Path folder, Path image) throws ProblemException {
        Path base = absolute(folder);
        Path file = absolute(image);
        if (!file.startsWith(base) || file.equals(base)) {
            throw new ProblemException(
                    "An image lies outside of the images' folder",
                    image + " is not in " + folder,
                    "Choose a folder that holds all of the images");
        }
        return StreamSupport.stream(base.relativize(file).spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }

    /// Why a path from a foreign file is not followed, in words; empty where it may be.
    public static Optional<String> reasonToRefuse(String path) {
        if (path.isBlank()) {
            return Optional.of("the image has no name");
        }
        // Both separators and drive letters count on every system: the file may come from another
        // one.
        if (path.startsWith("/") || path.startsWith("\\") || path.matches("(?s)[A-Za-z]:.*")) {
            return Optional.of("the image path is not relative: " + path);
        }
        for (var part : path.split("[/\\\\]", -1)) {
            if (part.equals("..")) {
                return Optional.of("the image path leaves its folder: " + path);
            }
        }
        try {
            var possible = Path.of(path);
            return possible.isAbsolute()
                    ? Optional.of("the image path is not relative: " + path)
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.of("the image path is not possible here: " + e.getReason());
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
