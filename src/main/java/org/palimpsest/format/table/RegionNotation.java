package org.palimpsest.format.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Writes masks and outlines without loss, as JSON or as one cell of text, and reads them.
///
/// A mask is COCO's compressed run-length string (cocoapi common/maskApi.c, rleToString); in JSON with its size as
/// `{"size":[height,width],"counts":"…"}`. An outline is a geometry of GeoJSON (RFC 7946, 3.1.6 and 3.1.7), which keeps
/// holes and parts apart, in pixels: `{"type":"Polygon","coordinates":[[[x,y],…],…]}`. COCO's lists of flat rings are
/// read, too. A box has no notation: whoever has a box writes the box.
public final class RegionNotation {
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MAX_POINTS = 1_000_000;
    private static final double FARTHEST = 1e7;

    private RegionNotation() {}

    /// One cell of text; empty for a box.
    public static String text(Region region) {
        if (region instanceof Mask mask) {
            return mask.cocoCompressed();
        }
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            write(json, region);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// Writes a JSON value; nothing for a box.
    public static void write(JsonGenerator json, Region region) throws IOException {
        switch (region) {
            case Box _ -> {}
            case Mask mask -> {
                json.writeStartObject();
                json.writeArrayFieldStart("size");
                json.writeNumber(mask.height());
                json.writeNumber(mask.width());
                json.writeEndArray();
                json.writeStringField("counts", mask.cocoCompressed());
                json.writeEndObject();
            }
            case Polygon polygon -> {
                startGeometry(json, "Polygon");
                writeRings(json, polygon);
                json.writeEndObject();
            }
            case MultiPolygon parts -> {
                startGeometry(json, "MultiPolygon");
                json.writeStartArray();
                for (var part : parts.polygons()) {
                    writeRings(json, part);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
        }
    }

    private static void startGeometry(JsonGenerator json, String type) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeFieldName("coordinates");
    }

    private static void writeRings(JsonGenerator json, Polygon polygon) throws IOException {
        json.writeStartArray();
        writeRing(json, polygon.exterior());
        for (var hole : polygon.holes()) {
            writeRing(json, hole);
        }
        json.writeEndArray();
    }

    /// GeoJSON repeats the first point at the end.
    private static void writeRing(JsonGenerator json, List<Point> ring) throws IOException {
        json.writeStartArray();
        for (int i = 0; i <= ring.size(); i++) {
            var point = ring.get(i % ring.size());
            json.writeStartArray();
            json.writeNumber(point.x());
            json.writeNumber(point.y());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /// Reads a cell of text; empty where it says nothing.
    ///
    /// @param size of the image in the frame of the numbers
    /// @throws IllegalArgumentException with the reason in words if it is damaged
    public static Optional<Region> parse(String text, Size size) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        // A run-length string may begin with a bracket, but has no comma.
        if (text.startsWith("{") || text.startsWith("[") && text.contains(",")) {
            try {
                return read(MAPPER.readTree(text), size);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(
                        "the outline is not JSON: " + e.getOriginalMessage(), e);
            }
        }
        return Optional.of(Mask.fromCocoCompressed(size, text));
    }

    /// As [#parse], from JSON.
    public static Optional<Region> read(JsonNode value, Size size) {
        if (value.isTextual()) {
            return parse(value.textValue(), size);
        }
        if (value.isNull() || value.isMissingNode() || value.isEmpty()) {
            return Optional.empty();
        }
        if (value.isArray()) {
            return Optional.of(flatRings(value));
        }
        if (value.has("counts")) {
            return Optional.of(mask(value, size));
        }
        var budget = new int[] {MAX_POINTS};
        return switch (value.path("type").asText()) {
            case "Polygon" -> Optional.of(polygon(value.path("coordinates"), budget));
            case "MultiPolygon" -> {
                var parts = new ArrayList<Polygon>();
                for (var part : value.path("coordinates")) {
                    parts.add(polygon(part, budget));
                }
                yield Optional.of(new MultiPolygon(parts));
            }
            default ->
                    throw new IllegalArgumentException(
                            "the segmentation is neither run lengths nor an outline");
        };
    }

    private static Mask mask(JsonNode value, Size size) {
        var stated = value.path("size");
        if (stated.size() == 2
                && (stated.get(0).asLong() != size.height()
                        || stated.get(1).asLong() != size.width())) {
            throw new IllegalArgumentException(
                    "the mask is of %s×%s pixels, the image of %s"
                            .formatted(
                                    stated.get(1).asText(),
                                    stated.get(0).asText(),
                                    size.width() + "×" + size.height()));
        }
        var counts = value.path("counts");
        if (counts.isTextual()) {
            return Mask.fromCocoCompressed(size, counts.textValue());
        }
        int[] lengths = new int[counts.size()];
        for (int i = 0; i < lengths.length; i++) {
            if (!counts.get(i).canConvertToInt()) {
                throw new IllegalArgumentException("the mask has a run length that is no number");
            }
            lengths[i] = counts.get(i).intValue();
        }
        return Mask.fromRunLengths(size.width(), size.height(), lengths);
    }

    private static Region flatRings(JsonNode rings) {
        var parts = new ArrayList<Polygon>();
        for (var ring : rings) {
            if (ring.size() % 2 != 0 || ring.size() > 2 * MAX_POINTS) {
                throw new IllegalArgumentException(
                        "a ring has " + ring.size() + " numbers instead of pairs");
            }
            var points = new ArrayList<Point>(ring.size() / 2);
            for (int i = 0; i < ring.size(); i += 2) {
                points.add(point(ring.get(i), ring.get(i + 1)));
            }
            parts.add(new Polygon(points));
        }
        return parts.size() == 1 ? parts.getFirst() : new MultiPolygon(parts);
    }

    private static Polygon polygon(JsonNode rings, int[] budget) {
        var read = new ArrayList<List<Point>>();
        for (var ring : rings) {
            budget[0] -= ring.size();
            if (budget[0] < 0) {
                throw new IllegalArgumentException("the outline has too many points");
            }
            var points = new ArrayList<Point>(ring.size());
            for (var point : ring) {
                points.add(point(point.path(0), point.path(1)));
            }
            if (points.size() > 3 && points.getFirst().equals(points.getLast())) {
                points.removeLast();
            }
            read.add(points);
        }
        if (read.isEmpty()) {
            throw new IllegalArgumentException("the outline has no ring");
        }
        return new Polygon(read.getFirst(), read.subList(1, read.size()));
    }

    private static Point point(JsonNode x, JsonNode y) {
        if (!x.isNumber()
                || !y.isNumber()
                || !(Math.abs(x.doubleValue()) < FARTHEST)
                || !(Math.abs(y.doubleValue()) < FARTHEST)) {
            throw new IllegalArgumentException("the outline has a point that is none");
        }
        return new Point(x.doubleValue(), y.doubleValue());
    }
}
