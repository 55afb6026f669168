package org.palimpsest.format.maskpng;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.palimpsest.format.shape.ImageFolders;
import org.palimpsest.problem.ProblemException;

/// Which mask files belong to which image.
final class MaskFiles {
    private static final Pattern NUMBERED = Pattern.compile("(?s)(.+)-([0-9]{1,9})");

    /// A mask of an image.
    ///
    /// @param folder the folder right below `masks`; empty where the file is a map of classes
    /// @param number of the object; 0 where the name has none
    record MaskFile(Path file, String folder, int number) {}

    private final Map<String, List<MaskFile>> byImage = new HashMap<>();

    /// Looks through the folder of masks.
    ///
    /// @param images the names of the images, without extension
    /// @param numbered whether the name of every object's file ends in its number; otherwise only where no image has that
    ///     name
    static MaskFiles in(Path masks, Set<String> images, boolean numbered) throws ProblemException {
        var found = new MaskFiles();
        if (!Files.isDirectory(masks)) {
            throw new ProblemException(
                    "There are no masks in this folder",
                    masks.toString(),
                    "Choose the folder that holds images and masks");
        }
        for (var file : ImageFolders.files(masks, ".png")) {
            String path = ImageFolders.relative(masks, file);
            int slash = path.indexOf('/');
            String folder = slash < 0 ? "" : path.substring(0, slash);
            found.add(file, folder, images, numbered);
        }
        found.byImage
                .values()
                .forEach(list -> list.sort(Comparator.comparingInt(MaskFile::number)));
        return found;
    }

    private void add(Path file, String folder, Set<String> images, boolean numbered) {
        String stem = ImageFolders.stem(file);
        int number = 0;
        var match = NUMBERED.matcher(stem);
        if (!folder.isEmpty() && (numbered || !images.contains(stem)) && match.matches()) {
            stem = match.group(1);
            number = Integer.parseInt(match.group(2));
        }
        byImage.computeIfAbsent(stem, _ -> new ArrayList<>())
                .add(new MaskFile(file, folder, number));
    }

    /// The masks of an image, which are not given again.
    List<MaskFile> take(String image) {
        var found = byImage.remove(image);
        return found == null ? List.of() : found;
    }

    /// Masks that no image was there for.
    List<Path> left() {
        return byImage.values().stream()
                .flatMap(List::stream)
                .map(MaskFile::file)
                .sorted()
                .toList();
    }
}
