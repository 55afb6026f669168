package org.palimpsest.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Puts the image files of an export in their places, each once and each under a name of its own.
///
/// Pixels come out upright: a trainer that ignores the orientation tag then sees what the coordinates refer to.
final class ExportImages {
    private final Path staging;
    private final Path target;
    private final ImagesMode mode;
    private final Map<ImageId, ExportedImage> exported = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /// @param staging where the files are put
    /// @param target where the staging folder will be in the end
    ExportImages(Path staging, Path target, ImagesMode mode) {
        this.staging = staging;
        this.target = target;
        this.mode = mode;
    }

    /// @param folder from the export's folder, with forward slashes; empty for the folder itself
    /// @param stem the wanted name without extension
    ExportedImage place(ImageEntry image, String folder, String stem) throws ProblemException {
        var known = exported.get(image.id());
        if (known != null) {
            return known;
        }
        ExportedImage placed = mode == ImagesMode.REFER ? refer(image) : copy(image, folder, stem);
        exported.put(image.id(), placed);
        return placed;
    }

    /// What was placed so far.
    Map<ImageId, ExportedImage> placed() {
        return Collections.unmodifiableMap(exported);
    }

    private ExportedImage refer(ImageEntry image) throws ProblemException {
        Path file = image.file().toAbsolutePath().normalize();
        try {
            return new ExportedImage(
                    target.toAbsolutePath()
                            .normalize()
                            .relativize(file)
                            .toString()
                            .replace('\\', '/'));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    new Problem(
                            "The images cannot be named from the export's folder",
                            file + " is on another drive than " + target,
                            "Export to the same drive, or copy the images into the export"),
                    e);
        }
    }

    private ExportedImage copy(ImageEntry image, String folder, String stem)
            throws ProblemException {
        boolean upright = image.facts().orientation() == 1;
        String extension = upright ? extension(image.file()) : "png";
        String path = freePath(folder, stem, extension);
        Path file = staging.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            if (!upright) {
                ImageFiles.writePng(ImageFiles.read(image.file()), file);
            } else if (mode != ImagesMode.LINK || !link(image.file(), file)) {
                Files.copy(image.file(), file);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "An image cannot be copied into the export",
                            image.file() + ": " + e,
                            "Check that the image is there and the disk has room"),
                    e);
        }
        return new ExportedImage(path);
    }

    /// False where the disk cannot link, or not to there.
    private static boolean link(Path from, Path to) {
        try {
            Files.createLink(to, from.toRealPath());
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /// Names that differ in case only are one name on some disks, so they are kept apart.
    private String freePath(String folder, String stem, String extension) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        for (int number = 1; ; number++) {
            String path = prefix + stem + (number == 1 ? "" : "-" + number) + "." + extension;
            // Label files take the image's name with another extension.
            if (taken.add(
                    (prefix + stem + (number == 1 ? "" : "-" + number)).toLowerCase(Locale.ROOT))) {
                return path;
            }
        }
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /// The file's name without its extension.
    static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }
}
