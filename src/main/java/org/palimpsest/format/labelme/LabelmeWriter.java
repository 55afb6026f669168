package org.palimpsest.format.labelme;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.shape.ImageFolders;
import org.palimpsest.format.shape.Shapes;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.SampleImage;
import org.palimpsest.problem.ProblemException;

/// Writes every image with its JSON file beside it.
final class LabelmeWriter implements DatasetWriter {
    @Override
    public void write(DatasetExport data) throws ProblemException {
        ImageFolders.requireCopies(data, LabelmeFormat.TITLE);
        data.convention("mask_points", "first and last pixel, the last included");
        data.forEachImage(image -> {
            var placed = data.image(image, "");
            try (var json = data.openJson(placed.stem() + ".json")) {
                json.useDefaultPrettyPrinter();
                new ImageWriter(data, json, image, placed.fileName()).write();
            } catch (IOException e) {
                throw data.cannotWrite(e);
            }
        });
    }

    /// Writes one image's file.
    private static final class ImageWriter {
        private final DatasetExport data;
        private final JsonGenerator json;
        private final AnnotatedImage image;
        private final String name;
        private final Size size;
        private int groups;

        ImageWriter(DatasetExport data, JsonGenerator json, AnnotatedImage image, String name) {
            this.data = data;
            this.json = json;
            this.image = image;
            this.name = name;
            this.size = image.image().size();
        }

        void write() throws IOException {
            json.writeStartObject();
            json.writeStringField("version", "7.0.0");
            json.writeObjectFieldStart("flags");
            for (var tag : image.details().tags()) {
                json.writeBooleanField(tag, true);
            }
            json.writeEndObject();
            json.writeArrayFieldStart("shapes");
            for (var object : image.objects()) {
                writeObject(object);
            }
            json.writeEndArray();
            json.writeStringField("imagePath", name);
            json.writeNullField("imageData");
            json.writeNumberField("imageHeight", size.height());
            json.writeNumberField("imageWidth", size.width());
            if (!image.details().notes().isEmpty()) {
                json.writeStringField("notes", image.details().notes());
            }
            json.writeEndObject();
        }

        private void writeObject(ObjectAnnotation object) throws IOException {
            Region region = object.region();
            if (Shapes.hasHoles(region)) {
                region = Mask.fromRegion(region, size);
            }
            switch (region) {
                case Box box -> {
                    var inside = Shapes.clip(box, size, name, data.findings());
                    if (inside.isPresent()) {
                        var one = new Point(inside.get().xMin(), inside.get().yMin());
                        var other = new Point(inside.get().xMax(), inside.get().yMax());
                        writeShape(object, "rectangle", List.of(one, other), 0, "");
                    }
                }
                case Polygon polygon -> writeShape(object, "polygon", polygon.exterior(), 0, "");
                case MultiPolygon parts -> writeParts(object, parts);
                case Mask mask -> writeMask(object, mask);
            }
        }

        private void writeParts(ObjectAnnotation object, MultiPolygon parts) throws IOException {
            if (parts.polygons().isEmpty()) {
                data.findings().error(name, "an object has no outline: " + object.label());
            }
            int group = parts.polygons().size() > 1 ? ++groups : 0;
            for (var part : parts.polygons()) {
                writeShape(object, "polygon", part.exterior(), group, "");
            }
        }

        private void writeMask(ObjectAnnotation object, Mask mask) throws IOException {
            if (mask.isEmpty()) {
                data.findings().error(name, "a mask has no pixel: " + object.label());
                return;
            }
            var bounds = mask.bounds();
            var crop = Shapes.crop(mask);
            var png = new ByteArrayOutputStream();
            SampleImage.writeGrey(crop.size(), (x, y) -> crop.get(x, y) ? 255 : 0, png);
            writeShape(
                    object,
                    "mask",
                    List.of(
                            new Point(bounds.xMin(), bounds.yMin()),
                            new Point(bounds.xMax() - 1, bounds.yMax() - 1)),
                    0,
                    Base64.getEncoder().encodeToString(png.toByteArray()));
        }

        /// @param group 0 for none
        /// @param mask base64 of a PNG; empty for none
        private void writeShape(
                ObjectAnnotation object, String type, List<Point> points, int group, String mask)
                throws IOException {
            json.writeStartObject();
            json.writeStringField("label", object.label());
            json.writeArrayFieldStart("points");
            for (var point : points) {
                json.writeArray(new double[] {point.x(), point.y()}, 0, 2);
            }
            json.writeEndArray();
            if (group > 0) {
                json.writeNumberField("group_id", group);
            } else {
                json.writeNullField("group_id");
            }
            json.writeStringField(
                    "description", object.attributes().getOrDefault("description", ""));
            json.writeStringField("shape_type", type);
            json.writeObjectFieldStart("flags");
            json.writeEndObject();
            if (mask.isEmpty()) {
                json.writeNullField("mask");
            } else {
                json.writeStringField("mask", mask);
            }
            writeExtras(object);
            json.writeEndObject();
            data.countExample();
        }

        /// Keys that labelme does not know and keeps.
        private void writeExtras(ObjectAnnotation object) throws IOException {
            var score = object.provenance().score();
            if (score.isPresent()) {
                json.writeNumberField("score", score.getAsDouble());
            }
            if (object.crowd()) {
                json.writeBooleanField("crowd", true);
            }
            json.writeStringField("provenance", provenance(object.provenance()));
            var others =
                    object.attributes().entrySet().stream()
                            .filter(entry -> !entry.getKey().equals("description"))
                            .toList();
            if (!others.isEmpty()) {
                json.writeObjectFieldStart("attributes");
                for (Map.Entry<String, String> entry : others) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
        }

        private static String provenance(Provenance provenance) {
            return switch (provenance) {
                case Provenance.Drawn _ -> "drawn";
                case Provenance.Predicted predicted -> "predicted by " + predicted.model();
                case Provenance.Imported imported -> "imported from " + imported.format();
                case Provenance.Corrected corrected -> "corrected, " + provenance(corrected.from());
            };
        }
    }
}
