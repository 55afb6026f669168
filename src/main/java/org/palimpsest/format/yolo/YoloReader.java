package org.palimpsest.format.yolo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.Frame;
import org.palimpsest.format.ImagePaths;
import org.palimpsest.format.shape.BoundedText;
import org.palimpsest.format.shape.ImageFolders;
import org.palimpsest.format.shape.Names;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.problem.ProblemException;

/// Reads a YOLO folder: by its `data.yaml`, or without one by what lies in it.
///
/// Every line is read on its own, a box or an outline, whatever the rest of the file holds.
final class YoloReader implements DatasetReader {
    private static final int LARGEST_LIST = 256 << 20;
    private static final int LARGEST_LABEL_FILE = 32 << 20;
    private static final List<String> CLASS_FILES = List.of("classes.txt", "obj.names");

    private final String title;

    YoloReader(String title) {
        this.title = title;
    }

    @Override
    public void read(DatasetImport data) throws ProblemException {
        var described = describedBy(data);
        var names = labels(data, described.map(DataYaml::names).orElse(classFile(data.folder())));
        var seen = new HashSet<Path>();
        if (described.isEmpty() || described.get().splits().isEmpty()) {
            readImages(data, Split.UNASSIGNED, ImageFolders.images(data.folder()), names, seen);
            return;
        }
        Path root = root(data, described.get());
        // Where val is train again, the folder's name tells which of the two it is.
        for (boolean named : new boolean[] {true, false}) {
            for (var split : described.get().splits().entrySet()) {
                for (var path : split.getValue()) {
                    if (named == isNamed(path, split.getKey())) {
                        var images = images(data, root, path);
                        readImages(data, split.getKey(), images, names, seen);
                    }
                }
            }
        }
    }

    private static boolean isNamed(String path, Split split) {
        String name =
                switch (split) {
                    case TRAIN, UNASSIGNED -> "train";
                    case VALIDATION -> "val";
                    case TEST -> "test";
                };
        return path.toLowerCase(Locale.ROOT).contains(name);
    }

    private static Optional<DataYaml> describedBy(DatasetImport data) throws ProblemException {
        if (Files.isRegularFile(data.source())) {
            return Optional.of(DataYaml.read(data.source()));
        }
        for (var name : List.of("data.yaml", "data.yml", "dataset.yaml")) {
            Path file = data.folder().resolve(name);
            if (Files.isRegularFile(file)) {
                return Optional.of(DataYaml.read(file));
            }
        }
        return Optional.empty();
    }

    /// Names line by line, as older tools keep them.
    private static Map<Integer, String> classFile(Path folder) throws ProblemException {
        var names = new TreeMap<Integer, String>();
        for (var name : CLASS_FILES) {
            Path file = folder.resolve(name);
            if (names.isEmpty() && Files.isRegularFile(file)) {
                BoundedText.read(file, 1 << 20)
                        .lines()
                        .forEach(line -> names.put(names.size(), line.strip()));
            }
        }
        return names;
    }

    private static Map<Integer, String> labels(DatasetImport data, Map<Integer, String> raw)
            throws ProblemException {
        var names = new TreeMap<Integer, String>();
        for (var entry : raw.entrySet()) {
            var name = Names.label(entry.getValue());
            if (name.isEmpty()) {
                if (!entry.getValue().isBlank()) {
                    data.findings()
                            .warning("class " + entry.getKey(), "its name cannot be a label's");
                }
                continue;
            }
            names.put(entry.getKey(), name.get());
            data.sink().label(new Label(name.get(), LabelSet.color(names.size() - 1)));
        }
        return names;
    }

    /// The `path` of the file where it leads to a folder here, else the file's own folder: the path is often one of
    /// another machine.
    private static Path root(DatasetImport data, DataYaml described) {
        String path = described.root().replace('\\', '/');
        if (path.isEmpty() || path.equals(".") || path.equals("./")) {
            return data.folder();
        }
        if (ImagePaths.reasonToRefuse(path).isEmpty()) {
            Path inside = data.folder().resolve(path).normalize();
            if (Files.isDirectory(inside)) {
                return inside;
            }
        }
        data.findings()
                .warning(
                        "data.yaml",
                        "the folder " + path + " is not here; the file's own is taken");
        return data.folder();
    }

    /// The images of a folder, or those that a list names.
    private static List<Path> images(DatasetImport data, Path root, String path)
            throws ProblemException {
        String inside = path.replace('\\', '/');
        // Some exports say ../train/images and mean train/images.
        while (inside.startsWith("../") || inside.startsWith("./")) {
            inside = inside.substring(inside.indexOf('/') + 1);
        }
        var refused = ImagePaths.reasonToRefuse(inside);
        if (refused.isPresent()) {
            data.findings().error("data.yaml", refused.get());
            return List.of();
        }
        Path place = root.resolve(inside).normalize();
        if (Files.isDirectory(place)) {
            return ImageFolders.images(place);
        }
        if (!Files.isRegularFile(place)) {
            data.findings().error("data.yaml", "there is no folder or list " + path);
            return List.of();
        }
        return listed(data, place);
    }

    private static List<Path> listed(DatasetImport data, Path list) throws ProblemException {
        var images = new ArrayList<Path>();
        Path folder = list.getParent();
        for (var line : BoundedText.read(list, LARGEST_LIST).split("\\R", -1)) {
            String path = line.strip().replace('\\', '/');
            if (path.startsWith("./")) {
                path = path.substring(2);
            }
            if (path.isEmpty()) {
                continue;
            }
            var refused = ImagePaths.reasonToRefuse(path);
            Path image = refused.isPresent() || folder == null ? list : folder.resolve(path);
            if (refused.isPresent()) {
                data.findings().error(list.getFileName().toString(), refused.get());
            } else if (!ImageFiles.isImage(image)) {
                data.findings().error(list.getFileName().toString(), "there is no image " + path);
            } else {
                images.add(image.normalize());
            }
        }
        return images;
    }

    private void readImages(
            DatasetImport data,
            Split split,
            List<Path> images,
            Map<Integer, String> names,
            Set<Path> seen)
            throws ProblemException {
        for (var file : images) {
            if (!seen.add(file)) {
                continue; // val is often train again
            }
            String path = ImageFolders.relative(data.folder(), file);
            var image = data.image(path, path);
            if (image.isEmpty()) {
                continue;
            }
            if (split != Split.UNASSIGNED) {
                data.sink().details(image.get().id(), ImageDetails.NEW.withSplit(split));
            }
            readObjects(data, file, image.get(), names);
        }
    }

    private void readObjects(
            DatasetImport data, Path file, ImageEntry image, Map<Integer, String> names)
            throws ProblemException {
        Path labels = labelFile(data.folder(), file);
        if (!Files.isRegularFile(labels)) {
            return; // an image without objects
        }
        String text;
        try {
            text = BoundedText.read(labels, LARGEST_LABEL_FILE);
        } catch (ProblemException e) {
            data.findings().error(labels.getFileName().toString(), e.problem().oneLine());
            return;
        }
        var frame = Frame.of(image, Optional.empty(), data.options().frame().orElse(Frame.UPRIGHT));
        var lines =
                new YoloLines(
                        title,
                        ImageFolders.relative(data.folder(), labels),
                        names,
                        image,
                        frame,
                        data.findings());
        data.annotations(image.id(), lines.read(text));
    }

    /// The last `images` of the path becomes `labels` (ultralytics/data/utils.py, img2label_paths); where that is not
    /// there, the text lies beside the image.
    private static Path labelFile(Path folder, Path image) {
        String name = ImageFolders.stem(image) + ".txt";
        String path = "/" + ImageFolders.relative(folder, image);
        int images = path.lastIndexOf("/images/");
        if (images >= 0) {
            String beside = path.substring(images + "/images/".length());
            Path labels =
                    folder.resolve(path.substring(0, images + 1).substring(1))
                            .resolve("labels")
                            .resolve(beside)
                            .resolveSibling(name);
            if (Files.isRegularFile(labels)) {
                return labels;
            }
        }
        return image.resolveSibling(name);
    }
}
