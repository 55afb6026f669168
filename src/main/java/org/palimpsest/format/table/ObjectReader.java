package org.palimpsest.format.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.Frame;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Makes objects of JSON values with a `bbox` in COCO's form, left, top, width and height, and a label.
///
/// Belongs to one thread.
public final class ObjectReader {
    private static final List<String> LABEL_KEYS =
            List.of("label", "categories", "category", "category_id", "labels", "class");
    private static final Set<String> KNOWN_KEYS =
            Set.of("id", "bbox", "area", "segmentation", "iscrowd", "score", "attributes");
    private static final int MAX_ATTRIBUTES = 100;
    private static final int LONGEST_ATTRIBUTE = 10_000;

    private final DatasetImport data;
    private final String format;
    private final String file;
    private final Set<String> madeUp = new HashSet<>();

    /// @param format and file are what annotations say they came from
    public ObjectReader(DatasetImport data, String format, String file) {
        this.data = data;
        this.format = format;
        this.file = file;
    }

    /// The object; empty where it cannot be taken over, and then a finding says why.
    ///
    /// @param frame the pixels that its numbers refer to
    public Optional<Annotation> read(
            String place, Map<String, JsonNode> values, ImageEntry image, Frame frame) {
        var label = label(place, values);
        if (label.isEmpty()) {
            return Optional.empty();
        }
        var region = region(place, values, frame.size(image));
        if (region.isEmpty()) {
            return Optional.empty();
        }
        var provenance = new Provenance.Imported(format, file, score(place, values.get("score")));
        var object =
                ObjectAnnotation.of(label.get(), frame.upright(image, region.get()), provenance);
        return Optional.of(
                object.withCrowd(isTrue(values.get("iscrowd"))).withAttributes(attributes(values)));
    }

    private Optional<String> label(String place, Map<String, JsonNode> values) {
        for (var key : LABEL_KEYS) {
            var value = values.get(key);
            if (value != null && value.isTextual() && Label.isName(value.textValue().strip())) {
                return Optional.of(value.textValue().strip());
            }
            if (value != null && value.isIntegralNumber()) {
                String name = "category " + value.asText();
                if (madeUp.size() < MAX_ATTRIBUTES && madeUp.add(name)) {
                    data.findings()
                            .warning(
                                    place,
                                    "the label is the number %s and is called '%s'"
                                            .formatted(value.asText(), name));
                }
                return Optional.of(name);
            }
        }
        data.findings().error(place, "the object has no usable label: left out");
        return Optional.empty();
    }

    private Optional<Region> region(String place, Map<String, JsonNode> values, Size size) {
        var segmentation = values.get("segmentation");
        if (segmentation != null) {
            try {
                var region = RegionNotation.read(segmentation, size);
                if (region.isPresent() && !region.get().bounds().clampTo(size).isEmpty()) {
                    return region;
                }
            } catch (IllegalArgumentException e) {
                data.findings().error(place, e.getMessage() + ": the box is taken");
            }
        }
        var bbox = values.get("bbox");
        if (bbox == null || !bbox.isArray() || bbox.size() != 4) {
            data.findings().error(place, "the object has no box of four numbers: left out");
            return Optional.empty();
        }
        double[] corners = new double[4];
        for (int i = 0; i < 4; i++) {
            corners[i] = bbox.get(i).isNumber() ? bbox.get(i).doubleValue() : Double.NaN;
        }
        corners[2] += corners[0];
        corners[3] += corners[1];
        return ForeignBoxes.ofCorners(corners, size, data.findings(), place).map(box -> box);
    }

    private OptionalDouble score(String place, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return OptionalDouble.empty();
        }
        double score = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(score >= 0 && score <= 1)) {
            data.findings()
                    .warning(place, "the score " + value.asText() + " is not one from 0 to 1");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(score);
    }

    private static boolean isTrue(@Nullable JsonNode value) {
        return value != null && (value.asInt() == 1 || value.asBoolean());
    }

    private static Map<String, String> attributes(Map<String, JsonNode> values) {
        var attributes = new TreeMap<String, String>();
        var inner = values.get("attributes");
        if (inner != null) {
            inner.properties().forEach(entry -> put(attributes, entry.getKey(), entry.getValue()));
        }
        values.forEach((key, value) -> {
            if (!KNOWN_KEYS.contains(key) && !LABEL_KEYS.contains(key)) {
                put(attributes, key, value);
            }
        });
        return attributes;
    }

    private static void put(Map<String, String> attributes, String key, JsonNode value) {
        if (key.isBlank() || value.isNull() || attributes.size() >= MAX_ATTRIBUTES) {
            return;
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        attributes.put(
                key,
                text.length() <= LONGEST_ATTRIBUTE ? text : text.substring(0, LONGEST_ATTRIBUTE));
    }
}
