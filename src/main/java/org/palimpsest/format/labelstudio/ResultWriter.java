package org.palimpsest.format.labelstudio;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.shape.Shapes;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Writes the results of one task: regions and texts.
final class ResultWriter {
    /// Names of the controls in the labelling configuration.
    static final String BOXES = "label";

    static final String OUTLINES = "poly";
    static final String MASKS = "brush";

    private final JsonGenerator json;
    private final DatasetExport data;
    private final String place;
    private final Size size;
    private final Set<String> fields;
    private int results;

    /// @param fields takes the names of the text fields that are used
    ResultWriter(
            JsonGenerator json, DatasetExport data, String place, Size size, Set<String> fields) {
        this.json = json;
        this.data = data;
        this.place = place;
        this.size = size;
        this.fields = fields;
    }

    /// @param origin Label Studio's word for where a region came from
    void write(List<Annotation> annotations, String origin) throws IOException {
        var texts = new LinkedHashMap<String, List<String>>();
        for (var annotation : annotations) {
            switch (annotation) {
                case ObjectAnnotation object -> writeObject(object, origin);
                case TextAnnotation text ->
                        TextNames.of(text)
                                .ifPresent(field ->
                                        texts.computeIfAbsent(field, _ -> new ArrayList<>())
                                                .add(text.text()));
            }
        }
        for (var text : texts.entrySet()) {
            writeTexts(text);
        }
    }

    private void writeTexts(Map.Entry<String, List<String>> texts) throws IOException {
        fields.add(texts.getKey());
        json.writeStartObject();
        json.writeStringField("id", "r" + ++results);
        json.writeStringField("from_name", texts.getKey());
        json.writeStringField("to_name", "image");
        json.writeStringField("type", "textarea");
        json.writeObjectFieldStart("value");
        json.writeArrayFieldStart("text");
        for (var text : texts.getValue()) {
            json.writeString(text);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeObject(ObjectAnnotation object, String origin) throws IOException {
        Region region = object.region();
        if (region instanceof MultiPolygon parts && parts.polygons().size() == 1) {
            region = parts.polygons().getFirst();
        }
        if (Shapes.hasHoles(region) || region instanceof MultiPolygon) {
            region = Mask.fromRegion(region, size);
        }
        switch (region) {
            case Box box -> {
                var inside = Shapes.clip(box, size, place, data.findings());
                if (inside.isPresent()) {
                    begin(object, origin, BOXES, "rectanglelabels");
                    writeBox(inside.get());
                    end(object, "rectanglelabels");
                }
            }
            case Polygon polygon -> {
                begin(object, origin, OUTLINES, "polygonlabels");
                json.writeArrayFieldStart("points");
                for (var point : polygon.exterior()) {
                    double[] pair = {percentX(point.x()), percentY(point.y())};
                    json.writeArray(pair, 0, 2);
                }
                json.writeEndArray();
                json.writeBooleanField("closed", true);
                end(object, "polygonlabels");
            }
            case MultiPolygon parts ->
                    throw new IllegalStateException("Should have become a mask: " + parts);
            case Mask mask -> {
                if (mask.isEmpty()) {
                    data.findings().error(place, "a mask has no pixel: " + object.label());
                    return;
                }
                begin(object, origin, MASKS, "brushlabels");
                json.writeStringField("format", "rle");
                json.writeArrayFieldStart("rle");
                for (byte octet : BrushRuns.encode(mask)) {
                    json.writeNumber(octet & 0xFF);
                }
                json.writeEndArray();
                end(object, "brushlabels");
            }
        }
    }

    private void writeBox(Box box) throws IOException {
        json.writeNumberField("x", percentX(box.xMin()));
        json.writeNumberField("y", percentY(box.yMin()));
        json.writeNumberField("width", percentX(box.width()));
        json.writeNumberField("height", percentY(box.height()));
        json.writeNumberField("rotation", 0);
    }

    private double percentX(double x) {
        return 100 * x / size.width();
    }

    private double percentY(double y) {
        return 100 * y / size.height();
    }

    private void begin(ObjectAnnotation object, String origin, String control, String type)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", "r" + ++results);
        json.writeStringField("from_name", control);
        json.writeStringField("to_name", "image");
        json.writeStringField("type", type);
        json.writeStringField("origin", origin);
        json.writeNumberField("original_width", size.width());
        json.writeNumberField("original_height", size.height());
        json.writeNumberField("image_rotation", 0);
        var score = object.provenance().score();
        if (score.isPresent()) {
            json.writeNumberField("score", score.getAsDouble());
        }
        json.writeObjectFieldStart("value");
    }

    private void end(ObjectAnnotation object, String type) throws IOException {
        json.writeArrayFieldStart(type);
        json.writeString(object.label());
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }
}
