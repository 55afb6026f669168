package org.palimpsest.format.coco;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.ImagePaths;
import org.palimpsest.problem.ProblemException;

/// Finds the images that VQA names by their ids only: by `image_names.json`, or by a file name with the id in it.
final class NumberedImages {
    private static final List<String> SUBSETS =
            List.of("train2014", "val2014", "test2015", "test2014");

    private static final int MAX_NAMES = 1_000_000;

    private final DatasetImport data;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Optional<ImageEntry>> opened = new HashMap<>();

    NumberedImages(DatasetImport data) throws ProblemException {
        this.data = data;
        Path file = data.folder().resolve("image_names.json");
        if (Files.isRegularFile(file)) {
            new JsonStream(data, file).texts(MAX_NAMES, names::put);
        }
    }

    /// The image of an id, which is told its split when it is first asked for.
    Optional<ImageEntry> open(String place, String id, Split split) throws ProblemException {
        var known = opened.get(id);
        if (known == null) {
            known = data.image(place, names.getOrDefault(id, usualName(id)));
            opened.put(id, known);
            if (known.isPresent() && split != Split.UNASSIGNED) {
                data.sink().details(known.get().id(), ImageDetails.NEW.withSplit(split));
            }
        }
        return known;
    }

    private String usualName(String id) {
        String number = id.matches("[0-9]{1,12}") ? "0".repeat(12 - id.length()) + id : id;
        for (var extension : List.of(".jpg", ".png", ".jpeg")) {
            for (var subset : SUBSETS) {
                String name = "COCO_" + subset + "_" + number + extension;
                if (isThere(name)) {
                    return name;
                }
                if (isThere(subset + "/" + name)) {
                    return subset + "/" + name;
                }
            }
            for (var name : List.of(number + extension, id + extension)) {
                if (isThere(name)) {
                    return name;
                }
            }
        }
        return "COCO_train2014_" + number + ".jpg";
    }

    private boolean isThere(String name) {
        if (ImagePaths.reasonToRefuse(name).isPresent()) {
            return false;
        }
        var folders = new ArrayList<Path>();
        data.options().imageFolder().ifPresent(folders::add);
        folders.add(data.folder());
        folders.add(data.folder().resolve("images"));
        Path parent = data.folder().getParent();
        if (parent != null) {
            folders.add(parent);
            folders.add(parent.resolve("images"));
        }
        return folders.stream().anyMatch(folder -> Files.isRegularFile(folder.resolve(name)));
    }
}
