package org.palimpsest.format.coco;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.Frame;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;

/// The images of a COCO file by their ids; takes each into the import.
final class ImageIndex {
    /// Keys that COCO, LVIS and their kin have for every image and that say nothing about its content.
    private static final Set<String> KNOWN_KEYS =
            Set.of(
                    "id",
                    "file_name",
                    "width",
                    "height",
                    "coco_url",
                    "flickr_url",
                    "date_captured",
                    "license",
                    "split",
                    "neg_category_ids",
                    "not_exhaustive_category_ids");

    private final DatasetImport data;
    private final AnnotationFile file;
    private final Split split;
    private final boolean tellSplit;
    private final Map<String, Optional<KnownImage>> images = new HashMap<>();
    private final Set<String> otherKeys = new HashSet<>();
    private long leftOut;

    /// @param tellSplit whether an image's split is told as it is taken; else somebody tells it with more, later
    ImageIndex(DatasetImport data, AnnotationFile file, boolean tellSplit) {
        this.data = data;
        this.file = file;
        this.tellSplit = tellSplit;
        this.split = file.split();
    }

    /// Takes an entry of `images`.
    void take(JsonItem item) throws ProblemException {
        var id = item.id("id");
        if (id.isEmpty()) {
            data.findings().error(item.place(), "the image has no id");
            return;
        }
        if (images.containsKey(id.get())) {
            data.findings().error(item.place(), "an image of this id came before; it stays");
            return;
        }
        images.put(id.get(), open(item));
        noteOtherKeys(item);
    }

    private Optional<KnownImage> open(JsonItem item) throws ProblemException {
        // LVIS has no file_name; its address ends in one
        // (facebookresearch/detectron2 detectron2/data/datasets/lvis.py, get_file_name).
        var path =
                item.text("file_name")
                        .or(() ->
                                item.text("coco_url")
                                        .map(url -> url.substring(url.lastIndexOf('/') + 1)));
        if (path.isEmpty()) {
            data.findings().error(item.place(), "the image has no file_name");
            return Optional.empty();
        }
        var entry = data.image(item.place(), file.imagePath(data, path.get()));
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        var known = new KnownImage(entry.get(), frame(item, entry.get()));
        Split says = split(item);
        if (tellSplit && says != Split.UNASSIGNED) {
            data.sink().details(entry.get().id(), ImageDetails.NEW.withSplit(says));
        }
        return Optional.of(known);
    }

    /// The split that an entry of `images` says, or else the file's name.
    Split split(JsonItem item) {
        var own = item.text("split").map(AnnotationFile::splitOf).orElse(Split.UNASSIGNED);
        return own == Split.UNASSIGNED ? split : own;
    }

    private Frame frame(JsonItem item, ImageEntry entry) {
        var stated = size(item);
        // COCO's own tools never turn an image.
        var frame = Frame.of(entry, stated, data.options().frame().orElse(Frame.STORED));
        if (stated.isEmpty()) {
            data.findings().warning(item.place(), "the image has no usable width and height");
        } else if (!stated.get().equals(frame.size(entry))) {
            data.findings()
                    .warning(
                            item.place(),
                            "the file says %s pixels, the picture has %s: coordinates are taken as they are"
                                    .formatted(stated.get(), frame.size(entry)));
        }
        return frame;
    }

    private static Optional<Size> size(JsonItem item) {
        OptionalDouble width = item.number("width");
        OptionalDouble height = item.number("height");
        return width.isPresent() && height.isPresent() && isSide(width) && isSide(height)
                ? Optional.of(new Size((int) width.getAsDouble(), (int) height.getAsDouble()))
                : Optional.empty();
    }

    private static boolean isSide(OptionalDouble number) {
        double side = number.getAsDouble();
        return side >= 1 && side <= Integer.MAX_VALUE && side == Math.rint(side);
    }

    private void noteOtherKeys(JsonItem item) {
        for (var key : item.fields().keySet()) {
            if (!KNOWN_KEYS.contains(key) && otherKeys.size() < 20 && otherKeys.add(key)) {
                data.findings()
                        .warning(
                                item.place(),
                                "images have the key \"" + key + "\", which is not kept");
            }
        }
    }

    /// The image that an annotation names; where there is none, that is noted.
    Optional<KnownImage> of(JsonItem annotation) {
        var id = annotation.id("image_id");
        if (id.isEmpty()) {
            data.findings().error(annotation.place(), "there is no image_id");
            return Optional.empty();
        }
        var known = images.get(id.get());
        if (known == null) {
            data.findings().error(annotation.place(), "there is no image of id " + id.get());
            return Optional.empty();
        }
        if (known.isEmpty()) {
            leftOut++;
        }
        return known;
    }

    Optional<KnownImage> find(String id) {
        return images.getOrDefault(id, Optional.empty());
    }

    /// Says how many annotations went with images that could not be taken over.
    void noteLeftOut() {
        if (leftOut > 0) {
            data.findings()
                    .error(
                            file.name(),
                            leftOut + " annotations of images that are not there are left out");
        }
    }
}
