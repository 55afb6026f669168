package org.palimpsest.format.coco;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.problem.ProblemException;

/// Writes RefCOCO.
final class RefCocoWriter implements DatasetWriter {
    private static final String README =
            """
            # Referring expressions

            `instances.json` is a COCO file. `refs.json` is the list that RefCOCO distributes as a pickle:
            one entry for each object, with the sentences that refer to it.

            Code that was written for RefCOCO's own files (`refer.py`) opens `refs(unc).p`. Opening a pickle runs
            whatever code is in it, so none is here. Who needs one makes it with this script, in this folder:

            ```python
            import json, pickle
            with open("refs.json", encoding="utf-8") as source, open("refs(unc).p", "wb") as target:
                pickle.dump(json.load(source), target, protocol=2)
            ```
            """;

    @Override
    public void write(DatasetExport data) throws ProblemException {
        var labels = data.data().labels().labels();
        var regions = new RegionWriter(data, RegionWriter.Style.POLYGON, true);
        // Without a split everything is for training, as refer.py asks for the refs of one.
        SplitFiles.of(data, true);
        try (var refs = data.openJson("refs.json");
                var readme = data.openFile("README.md")) {
            readme.write(README.getBytes(StandardCharsets.UTF_8));
            refs.writeStartArray();
            var parts = new Parts(data, regions, CocoFiles.categoryIds(labels), refs);
            new CocoFiles(data, SplitFiles.single(), "instances", labels).write(parts);
            refs.writeEndArray();
            if (parts.unlinked > 0) {
                data.findings()
                        .error(
                                "refs",
                                parts.unlinked
                                        + " sentences refer to no object that is written, they are"
                                        + " left out");
            }
        } catch (IOException e) {
            throw data.cannotWrite(e);
        }
    }

    private static final class Parts implements CocoFiles.Parts {
        private final DatasetExport data;
        private final RegionWriter regions;
        private final Map<String, Integer> categories;
        private final JsonGenerator refs;
        private long lastAnnotation;
        private long lastRef;
        private long lastSentence;
        private long unlinked;

        Parts(
                DatasetExport data,
                RegionWriter regions,
                Map<String, Integer> categories,
                JsonGenerator refs) {
            this.data = data;
            this.regions = regions;
            this.categories = categories;
            this.refs = refs;
        }

        @Override
        public void image(JsonGenerator json, AnnotatedImage image, String fileName)
                throws IOException {
            if (image.details().split() != Split.UNASSIGNED) {
                json.writeStringField("split", SplitFiles.name(image.details().split()));
            }
        }

        @Override
        public void annotations(JsonGenerator json, AnnotatedImage image, long imageId)
                throws IOException, ProblemException {
            var sentences = sentences(image);
            for (var object : image.objects()) {
                var shape = regions.shape(image, object);
                if (shape.isEmpty()) {
                    continue;
                }
                int category = categories.getOrDefault(object.label(), 0);
                json.writeStartObject();
                json.writeNumberField("id", ++lastAnnotation);
                json.writeNumberField("image_id", imageId);
                json.writeNumberField("category_id", category);
                regions.write(json, shape.get(), object.crowd());
                json.writeNumberField("iscrowd", object.crowd() ? 1 : 0);
                CocoWriter.writeAttributes(json, object.attributes());
                json.writeEndObject();
                var said = sentences.remove(object.id());
                if (said != null) {
                    writeRef(image, imageId, object, said);
                }
            }
            sentences.values().forEach(left -> unlinked += left.size());
        }

        private static Map<AnnotationId, List<TextAnnotation>> sentences(AnnotatedImage image) {
            var sentences = new LinkedHashMap<AnnotationId, List<TextAnnotation>>();
            for (var text : image.texts()) {
                if (text.referent().isPresent()) {
                    sentences
                            .computeIfAbsent(
                                    text.links().getFirst().object(), _ -> new ArrayList<>())
                            .add(text);
                }
            }
            return sentences;
        }

        private void writeRef(
                AnnotatedImage image,
                long imageId,
                ObjectAnnotation object,
                List<TextAnnotation> sentences)
                throws IOException, ProblemException {
            refs.writeStartObject();
            refs.writeNumberField("ref_id", ++lastRef);
            refs.writeNumberField("ann_id", lastAnnotation);
            refs.writeNumberField("image_id", imageId);
            refs.writeNumberField("category_id", categories.getOrDefault(object.label(), 0));
            refs.writeStringField("split", split(image, sentences.getFirst()));
            refs.writeStringField("file_name", CocoFiles.fileName(data, image));
            refs.writeArrayFieldStart("sent_ids");
            for (int i = 1; i <= sentences.size(); i++) {
                refs.writeNumber(lastSentence + i);
            }
            refs.writeEndArray();
            refs.writeArrayFieldStart("sentences");
            for (var sentence : sentences) {
                refs.writeStartObject();
                refs.writeNumberField("sent_id", ++lastSentence);
                refs.writeStringField("sent", sentence.text());
                refs.writeStringField(
                        "raw",
                        sentence.attributes().getOrDefault(RefCocoReader.RAW, sentence.text()));
                refs.writeArrayFieldStart("tokens");
                for (var token : sentence.text().strip().split("\\s+")) {
                    refs.writeString(token);
                }
                refs.writeEndArray();
                refs.writeEndObject();
                data.countExample();
            }
            refs.writeEndArray();
            refs.writeEndObject();
        }

        /// The image's split, by RefCOCO's own name where the sentence has kept one that agrees.
        private static String split(AnnotatedImage image, TextAnnotation sentence) {
            String name = SplitFiles.name(image.details().split());
            @Nullable String kept = sentence.attributes().get(RefCocoReader.SPLIT);
            return kept != null && RefCocoReader.splitOf(kept) == image.details().split()
                    ? kept
                    : name;
        }
    }
}
