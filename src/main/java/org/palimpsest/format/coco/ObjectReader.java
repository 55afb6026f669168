package org.palimpsest.format.coco;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.format.FindingList;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Region;

/// Makes objects of the annotations of a COCO file.
///
/// What `segmentation` draws is the region; where it draws nothing usable, the box is. What the file says of area and,
/// beside a segmentation, of the box is not kept, as it follows from the region.
final class ObjectReader {
    private static final Set<String> KNOWN_KEYS =
            Set.of("id", "image_id", "category_id", "bbox", "area", "iscrowd", "score");

    private final FindingList findings;
    private final RegionReader regions;
    private final String title;
    private final String file;

    /// @param title the format's name, for provenance
    /// @param file the file's name, for provenance
    ObjectReader(FindingList findings, String title, String file) {
        this.findings = findings;
        this.regions = new RegionReader(findings);
        this.title = title;
        this.file = file;
    }

    /// The object of an annotation; empty, with a finding, where it cannot be taken over.
    Optional<ObjectAnnotation> read(JsonItem item, KnownImage image, String label) {
        var region = region(item, image);
        if (region.isEmpty()) {
            return Optional.empty();
        }
        var attributes = new TreeMap<>(ExtraKeys.attributes(item, KNOWN_KEYS, findings));
        var score = score(item, attributes);
        return Optional.of(
                new ObjectAnnotation(
                        AnnotationId.random(),
                        label,
                        image.frame().upright(image.entry(), region.get()),
                        new Provenance.Imported(title, file, score),
                        ReviewState.UNREVIEWED,
                        crowd(item),
                        attributes));
    }

    private Optional<Region> region(JsonItem item, KnownImage image) {
        var box = regions.box(item);
        var drawn = regions.segmentation(item, image.size());
        if (drawn.isPresent()) {
            box.ifPresent(stated -> compare(item, stated, drawn.get(), image));
            return drawn;
        }
        if (box.isEmpty()) {
            if (item.get("bbox") == null && item.segmentation() instanceof RawSegmentation.None) {
                findings.error(item.place(), "there is neither a bbox nor a segmentation");
            } else {
                findings.error(item.place(), "the annotation has no usable region");
            }
            return Optional.empty();
        }
        if (!(item.segmentation() instanceof RawSegmentation.None)) {
            findings.warning(item.place(), "the box is taken instead of the segmentation");
        }
        return regions.inside(item, box.get(), image.size()).map(Region.class::cast);
    }

    /// The box is not kept where a segmentation is, so that they disagree must be said.
    private void compare(JsonItem item, Box stated, Region drawn, KnownImage image) {
        Box seen = image.size().toBox();
        var one = stated.intersection(seen);
        var other = drawn.bounds().intersection(seen);
        if (one.isEmpty() || other.isEmpty() || one.get().iou(other.get()) < 0.5) {
            findings.warning(
                    item.place(),
                    "the bbox is not where the segmentation is; the segmentation is taken");
        }
    }

    private OptionalDouble score(JsonItem item, TreeMap<String, String> attributes) {
        JsonNode node = item.get("score");
        if (node == null) {
            return OptionalDouble.empty();
        }
        var score = item.number("score");
        if (score.isPresent() && score.getAsDouble() >= 0 && score.getAsDouble() <= 1) {
            return score;
        }
        findings.warning(item.place(), "the score is not between 0 and 1, it becomes an attribute");
        attributes.putIfAbsent("score", node.isTextual() ? node.textValue() : node.toString());
        return OptionalDouble.empty();
    }

    private boolean crowd(JsonItem item) {
        JsonNode node = item.get("iscrowd");
        if (node == null || node.isNull()) {
            return false;
        }
        boolean crowd = node.isBoolean() ? node.booleanValue() : node.asInt(-1) == 1;
        if (!crowd && !node.isBoolean() && node.asInt(-1) != 0) {
            findings.warning(item.place(), "iscrowd is neither 0 nor 1, it is taken as 0");
        }
        return crowd;
    }
}
