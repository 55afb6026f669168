package org.palimpsest.format.webdataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.table.ClippedObject;
import org.palimpsest.format.table.RegionNotation;
import org.palimpsest.geometry.Box;

/// Writes the JSON beside a picture.
final class SampleJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SampleJson() {}

    static String of(AnnotatedImage image, String fileName, FindingList findings)
            throws IOException {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("file_name", fileName);
            json.writeNumberField("width", image.image().size().width());
            json.writeNumberField("height", image.image().size().height());
            json.writeArrayFieldStart("tags");
            for (var tag : image.details().tags()) {
                json.writeString(tag);
            }
            json.writeEndArray();
            json.writeStringField("notes", image.details().notes());
            json.writeArrayFieldStart("objects");
            for (var object : image.objects()) {
                var clipped = ClippedObject.of(object, image.image().size(), findings, fileName);
                if (clipped.isPresent()) {
                    writeObject(json, object, clipped.get());
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("texts");
            for (var one : image.texts()) {
                json.writeStartObject();
                json.writeStringField("prompt", one.prompt());
                json.writeStringField("text", one.text());
                writeAttributes(json, one.attributes());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void writeObject(
            JsonGenerator json, ObjectAnnotation object, ClippedObject clipped) throws IOException {
        Box box = clipped.box();
        json.writeStartObject();
        json.writeStringField("label", object.label());
        json.writeFieldName("bbox");
        json.writeArray(new double[] {box.xMin(), box.yMin(), box.width(), box.height()}, 0, 4);
        json.writeNumberField("area", clipped.region().area());
        json.writeNumberField("iscrowd", object.crowd() ? 1 : 0);
        var score = object.provenance().score();
        if (score.isPresent()) {
            json.writeNumberField("score", score.getAsDouble());
        }
        if (!(clipped.region() instanceof Box)) {
            json.writeFieldName("segmentation");
            RegionNotation.write(json, clipped.region());
        }
        writeAttributes(json, object.attributes());
        json.writeEndObject();
    }

    private static void writeAttributes(JsonGenerator json, Map<String, String> attributes)
            throws IOException {
        if (!attributes.isEmpty()) {
            json.writeObjectFieldStart("attributes");
            for (var attribute : attributes.entrySet()) {
                json.writeStringField(attribute.getKey(), attribute.getValue());
            }
            json.writeEndObject();
        }
    }
}
