package org.palimpsest.format.yolo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.shape.ImageFolders;
import org.palimpsest.problem.ProblemException;

/// Writes `data.yaml`, `images/<split>/` and `labels/<split>/`.
final class YoloWriter implements DatasetWriter {
    /// ultralytics refuses images that are not larger (ultralytics/data/utils.py, verify_image_label).
    private static final int TOO_SMALL = 9;

    private final String title;
    private final ObjectLines objectLines;

    YoloWriter(String title, ObjectLines objectLines) {
        this.title = title;
        this.objectLines = objectLines;
    }

    @Override
    public void write(DatasetExport data) throws ProblemException {
        ImageFolders.requireCopies(data, title);
        var classes = new HashMap<String, Integer>();
        for (var name : data.data().labels().names()) {
            classes.put(name, classes.size());
        }
        var counts = new Counts();
        data.forEachImage(image -> writeImage(data, image, classes, counts));
        writeYaml(data, counts);
        if (counts.crowds > 0) {
            data.findings()
                    .error(
                            title,
                            counts.crowds
                                    + " crowd regions are left out: a trainer would"
                                    + " take each for one object");
        }
        if (counts.unassigned > 0) {
            data.findings().warning(title, counts.unassigned + " images of no split are in train");
        }
        data.convention("coordinates", "fractions of the upright image's width and height");
    }

    private static final class Counts {
        private final Map<Split, Long> images = new EnumMap<>(Split.class);
        private long unassigned;
        private long crowds;
    }

    private void writeImage(
            DatasetExport data, AnnotatedImage image, Map<String, Integer> classes, Counts counts)
            throws ProblemException {
        var split = image.details().split();
        if (split == Split.UNASSIGNED) {
            counts.unassigned++;
            split = Split.TRAIN;
        }
        counts.images.merge(split, 1L, Long::sum);
        var placed = data.image(image, "images/" + folder(split));
        String place = placed.fileName();
        var size = image.image().size();
        if (size.width() <= TOO_SMALL || size.height() <= TOO_SMALL) {
            data.findings()
                    .warning(
                            place, "the image is " + size + "; ultralytics needs 10 pixels a side");
        }
        if (place.toLowerCase(Locale.ROOT).endsWith(".gif")) {
            data.findings().warning(place, "ultralytics reads no GIF");
        }
        var written = new HashSet<String>();
        String path = "labels/" + folder(split) + "/" + placed.stem() + ".txt";
        try (var out = data.openFile(path)) {
            for (var object : image.objects()) {
                if (object.crowd()) {
                    counts.crowds++;
                    continue;
                }
                var lines = objectLines.of(object.region(), size, place, data.findings());
                for (var shape : lines) {
                    String line = classes.get(object.label()) + " " + shape + "\n";
                    if (!written.add(line)) {
                        data.findings()
                                .warning(place, "an object is there twice; ultralytics drops one");
                    }
                    out.write(line.getBytes(StandardCharsets.UTF_8));
                    data.countExample();
                }
            }
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
    }

    /// Both `train` and `val` must be there; one that is empty becomes the other, which ultralytics takes.
    private void writeYaml(DatasetExport data, Counts counts) throws ProblemException {
        boolean train = counts.images.containsKey(Split.TRAIN);
        boolean validation = counts.images.containsKey(Split.VALIDATION);
        boolean test = counts.images.containsKey(Split.TEST);
        String any = train ? "train" : validation ? "val" : test ? "test" : "train";
        if (!train || !validation) {
            data.findings()
                    .warning(
                            "data.yaml",
                            "the split "
                                    + (train ? "val" : "train")
                                    + " is empty and ultralytics needs one, so it is "
                                    + any
                                    + " again; split the images before training");
        }
        var yaml = new StringBuilder("path: .\n");
        yaml.append("train: images/").append(train ? "train" : any).append('\n');
        yaml.append("val: images/").append(validation ? "val" : any).append('\n');
        if (test) {
            yaml.append("test: images/test\n");
        }
        yaml.append("names:");
        var names = data.data().labels().names();
        if (names.isEmpty()) {
            yaml.append(" {}");
        }
        for (int i = 0; i < names.size(); i++) {
            yaml.append("\n  ").append(i).append(": ").append(quoted(names.get(i)));
        }
        yaml.append('\n');
        try (var out = data.openFile("data.yaml")) {
            out.write(yaml.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
    }

    /// Quoted, as `no`, `1` or `a: b` would be something else.
    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String folder(Split split) {
        return switch (split) {
            case TRAIN, UNASSIGNED -> "train";
            case VALIDATION -> "val";
            case TEST -> "test";
        };
    }
}
