package org.palimpsest.format.voc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.ImagePaths;
import org.palimpsest.format.shape.BoundedText;
import org.palimpsest.format.shape.ImageFolders;
import org.palimpsest.problem.ProblemException;

/// Reads a VOC folder, a folder of its XML files, or one of these files.
///
/// Where files do not say how their numbers count, a first look at all of them tells: a fraction or a 0 never stands in
/// the development kit's.
final class VocReader implements DatasetReader {
    private static final int LARGEST_LIST = 256 << 20;
    private static final List<String> EXTENSIONS =
            List.of("jpg", "png", "jpeg", "JPG", "PNG", "JPEG", "bmp", "tif", "tiff", "webp");

    @Override
    public void read(DatasetImport data) throws ProblemException {
        var files = files(data);
        var usual = conventionOf(data, files);
        var splits = splits(data);
        for (var file : files) {
            data.throwIfCancelled();
            try {
                readFile(data, file, usual, splits);
            } catch (ProblemException e) {
                if (files.size() == 1) {
                    throw e;
                }
                data.findings().error(place(data, file), e.problem().oneLine());
            }
        }
    }

    private static List<Path> files(DatasetImport data) throws ProblemException {
        if (Files.isRegularFile(data.source())) {
            return List.of(data.source());
        }
        Path annotations = data.folder().resolve("Annotations");
        var files =
                ImageFolders.files(
                        Files.isDirectory(annotations) ? annotations : data.folder(), ".xml");
        if (files.isEmpty()) {
            throw new ProblemException(
                    "There is no annotation in this folder",
                    data.folder() + " has neither Annotations nor XML files",
                    "Choose the folder that holds Annotations");
        }
        return files;
    }

    private static String place(DatasetImport data, Path file) {
        return ImageFolders.relative(data.folder(), file);
    }

    private static Convention conventionOf(DatasetImport data, List<Path> files)
            throws ProblemException {
        for (var file : files) {
            data.throwIfCancelled();
            try {
                var read = VocFile.read(file);
                if (read.convention().isEmpty() && read.looksZeroBased()) {
                    data.findings()
                            .warning(
                                    place(data, file),
                                    "boxes have fractions or begin at 0, so all numbers are taken"
                                            + " as corners counted from 0");
                    return Convention.ZERO_BASED;
                }
            } catch (ProblemException e) {
                // Will be said when the file is read for good.
            }
        }
        return Convention.DEVKIT;
    }

    private static Map<String, Split> splits(DatasetImport data) throws ProblemException {
        var splits = new HashMap<String, Split>();
        for (var split : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
            for (var folder : List.of("Main", "Segmentation")) {
                Path root = rootOf(data);
                Path list =
                        root.resolve("ImageSets")
                                .resolve(folder)
                                .resolve(VocWriter.name(split) + ".txt");
                if (Files.isRegularFile(list)) {
                    for (var line : BoundedText.read(list, LARGEST_LIST).split("\\R", -1)) {
                        splits.putIfAbsent(line.strip(), split);
                    }
                }
            }
        }
        return splits;
    }

    /// The folder above `Annotations` where that was chosen.
    private static Path rootOf(DatasetImport data) {
        Path folder = data.folder();
        Path parent = folder.getParent();
        return parent != null && folder.endsWith("Annotations") ? parent : folder;
    }

    private static void readFile(
            DatasetImport data, Path file, Convention usual, Map<String, Split> splits)
            throws ProblemException {
        var read = VocFile.read(file);
        String place = place(data, file);
        var image = image(data, place, file, read.imageName());
        if (image.isEmpty()) {
            return;
        }
        var split = splits.get(ImageFolders.stem(file));
        if (split != null) {
            data.sink().details(image.get().id(), ImageDetails.NEW.withSplit(split));
        }
        var objects = new VocObjects(data, place, file.getFileName().toString(), image.get());
        data.annotations(image.get().id(), objects.of(read, read.convention().orElse(usual)));
    }

    /// The image of the name that the file gives, or of the file's own name.
    private static Optional<ImageEntry> image(
            DatasetImport data, String place, Path file, String name) throws ProblemException {
        Path root = rootOf(data);
        if (ImagePaths.reasonToRefuse(name).isEmpty()
                && Files.isRegularFile(root.resolve("JPEGImages").resolve(name))) {
            return data.image(place, "JPEGImages/" + name);
        }
        String stem = ImageFolders.stem(file);
        if (name.isBlank() || !name.contains(".")) {
            for (var extension : EXTENSIONS) {
                for (var folder : List.of("JPEGImages/", "")) {
                    String path = folder + stem + "." + extension;
                    if (Files.isRegularFile(root.resolve(path))) {
                        return data.image(place, path);
                    }
                }
            }
        }
        return data.image(place, name);
    }
}
