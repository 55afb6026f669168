package org.palimpsest.format.coco;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.problem.ProblemException;

/// Writes results as COCO's evaluation loads them, with the images and categories that they name.
final class ResultsWriter implements DatasetWriter {
    @Override
    public void write(DatasetExport data) throws ProblemException {
        var labels = data.data().labels().labels();
        new CocoFiles(data, SplitFiles.single(), "instances", labels).write((_, _, _) -> {});
        try (var lists = new Lists(data, CocoFiles.categoryIds(labels))) {
            long[] id = {0};
            data.forEachImage(image -> {
                id[0]++;
                try {
                    lists.write(image, id[0]);
                } catch (IOException e) {
                    throw data.cannotWrite(e);
                }
            });
            lists.end();
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
    }

    /// The two lists; each is made with its first entry, as COCO's own reader stops at an empty one.
    private static final class Lists implements AutoCloseable {
        private final DatasetExport data;
        private final Map<String, Integer> categories;
        private final RegionWriter regions;
        private @Nullable JsonGenerator boxes;
        private @Nullable JsonGenerator masks;
        private long withoutScore;

        Lists(DatasetExport data, Map<String, Integer> categories) {
            this.data = data;
            this.categories = categories;
            this.regions = new RegionWriter(data, RegionWriter.Style.RLE, false);
        }

        void write(AnnotatedImage image, long imageId) throws IOException, ProblemException {
            for (var object : image.objects()) {
                var score = object.provenance().score();
                if (score.isEmpty()) {
                    withoutScore++;
                    continue;
                }
                var shape = regions.shape(image, object);
                if (shape.isEmpty()) {
                    continue;
                }
                int category = categories.getOrDefault(object.label(), 0);
                boxes = boxes == null ? open("results_bbox.json") : boxes;
                begin(boxes, imageId, category);
                RegionWriter.writeBox(boxes, shape.get().box());
                end(boxes, score.getAsDouble());
                if (shape.get().drawing() instanceof RegionWriter.Drawing.Pixels(var mask)) {
                    masks = masks == null ? open("results_segm.json") : masks;
                    begin(masks, imageId, category);
                    masks.writeFieldName("segmentation");
                    RegionWriter.writeMask(masks, mask, false);
                    end(masks, score.getAsDouble());
                }
                data.countExample();
            }
        }

        private JsonGenerator open(String name) throws IOException, ProblemException {
            var json = data.openJson(name);
            json.writeStartArray();
            return json;
        }

        private static void begin(JsonGenerator json, long imageId, int category)
                throws IOException {
            json.writeStartObject();
            json.writeNumberField("image_id", imageId);
            json.writeNumberField("category_id", category);
        }

        private static void end(JsonGenerator json, double score) throws IOException {
            json.writeNumberField("score", score);
            json.writeEndObject();
        }

        void end() throws IOException {
            for (var json : new JsonGenerator[] {boxes, masks}) {
                if (json != null) {
                    json.writeEndArray();
                }
            }
            if (withoutScore > 0) {
                data.findings()
                        .error("scores", withoutScore + " objects without a score are left out");
            }
        }

        @Override
        public void close() throws IOException {
            try {
                if (boxes != null) {
                    boxes.close();
                }
            } finally {
                if (masks != null) {
                    masks.close();
                }
            }
        }
    }
}
