package org.palimpsest.format.coco;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.problem.ProblemException;

/// Writes COCO instances.
final class CocoWriter implements DatasetWriter {
    @Override
    public void write(DatasetExport data) throws ProblemException {
        var labels = data.data().labels().labels();
        var regions = new RegionWriter(data, RegionWriter.Style.of(data), false);
        new CocoFiles(data, SplitFiles.of(data, false), "annotations/instances", labels)
                .write(new Instances(data, regions, CocoFiles.categoryIds(labels)));
        regions.noteChanges();
    }

    /// The annotations of instances files.
    static final class Instances implements CocoFiles.Parts {
        private final DatasetExport data;
        private final RegionWriter regions;
        private final Map<String, Integer> categories;
        private long lastId;

        Instances(DatasetExport data, RegionWriter regions, Map<String, Integer> categories) {
            this.data = data;
            this.regions = regions;
            this.categories = categories;
        }

        @Override
        public void annotations(JsonGenerator json, AnnotatedImage image, long imageId)
                throws IOException, ProblemException {
            for (var object : image.objects()) {
                var shape = regions.shape(image, object);
                if (shape.isEmpty()) {
                    continue;
                }
                json.writeStartObject();
                json.writeNumberField("id", ++lastId);
                json.writeNumberField("image_id", imageId);
                json.writeNumberField("category_id", categories.getOrDefault(object.label(), 0));
                regions.write(json, shape.get(), object.crowd());
                json.writeNumberField("iscrowd", object.crowd() ? 1 : 0);
                writeAttributes(json, object.attributes());
                json.writeEndObject();
                data.countExample();
            }
        }
    }

    /// Writes `attributes` where there are any.
    static void writeAttributes(JsonGenerator json, Map<String, String> attributes)
            throws IOException {
        if (attributes.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("attributes");
        for (var attribute : attributes.entrySet()) {
            json.writeStringField(attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
    }
}
