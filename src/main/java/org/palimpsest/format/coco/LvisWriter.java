package org.palimpsest.format.coco;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.problem.ProblemException;

/// Writes LVIS.
final class LvisWriter implements DatasetWriter {

    @Override
    public void write(DatasetExport data) throws ProblemException {
        var counts = Counts.of(data);
        var labels = counts.labels.labels();
        noteNames(data, labels);
        var regions = new RegionWriter(data, RegionWriter.Style.of(data), false);
        var parts = new Parts(data, regions, CocoFiles.categoryIds(labels), counts);
        new CocoFiles(data, SplitFiles.of(data, false), "annotations/lvis_v1", labels).write(parts);
        regions.noteChanges();
        if (counts.crowds > 0) {
            data.findings()
                    .error("crowds", counts.crowds + " crowd regions are left out, LVIS has none");
        }
    }

    /// Names that do not come back as they are.
    private static void noteNames(DatasetExport data, List<Label> labels) {
        var names = new HashMap<String, String>();
        for (var label : labels) {
            if (label.name().contains("_")) {
                data.findings()
                        .warning(
                                "label " + label.name(),
                                "its _ stands for a blank in LVIS and comes back as one");
            }
            String other = names.putIfAbsent(lvisName(label.name()), label.name());
            if (other != null) {
                data.findings()
                        .warning(
                                "label " + label.name(),
                                "it has the same name in LVIS as the label " + other);
            }
        }
    }

    static String lvisName(String label) {
        return label.replace(' ', '_');
    }

    /// What is counted before anything is written.
    private static final class Counts {
        private LabelSet labels;
        private final Map<String, Long> images = new HashMap<>();
        private final Map<String, Long> instances = new HashMap<>();
        private long crowds;

        private Counts(LabelSet labels) {
            this.labels = labels;
        }

        static Counts of(DatasetExport data) throws ProblemException {
            boolean[] training = {false};
            data.data().forEach(image -> training[0] |= isForTraining(image));
            var counts = new Counts(data.data().labels());
            data.data().forEach(image -> counts.add(image, !training[0] || isForTraining(image)));
            return counts;
        }

        private static boolean isForTraining(AnnotatedImage image) {
            return SplitFiles.name(image.details().split()).equals(SplitFiles.name(Split.TRAIN));
        }

        private void add(AnnotatedImage image, boolean counted) {
            for (var name : image.details().labelChecks().keySet()) {
                labels = labels.with(name);
            }
            var here = new HashSet<String>();
            for (var object : image.objects()) {
                if (object.crowd()) {
                    crowds++;
                } else if (counted) {
                    instances.merge(object.label(), 1L, Long::sum);
                    here.add(object.label());
                }
            }
            here.forEach(label -> images.merge(label, 1L, Long::sum));
        }

        /// lvis-api lvis/eval.py groups categories by how many training images have them.
        String frequency(Label label) {
            long count = images.getOrDefault(label.name(), 0L);
            return count <= 10 ? "r" : count <= 100 ? "c" : "f";
        }
    }

    private static final class Parts implements CocoFiles.Parts {
        private final DatasetExport data;
        private final Map<String, Integer> categories;
        private final Counts counts;
        private final CocoWriter.Instances instances;

        Parts(
                DatasetExport data,
                RegionWriter regions,
                Map<String, Integer> categories,
                Counts counts) {
            this.data = data;
            this.categories = categories;
            this.counts = counts;
            this.instances = new CocoWriter.Instances(data, regions, categories);
        }

        @Override
        public void image(JsonGenerator json, AnnotatedImage image, String fileName)
                throws IOException {
            // detectron2 takes the last two parts of the address from its image root.
            json.writeStringField(
                    "coco_url", fileName.contains("/") ? fileName : "images/" + fileName);
            for (var check : LabelCheck.values()) {
                json.writeArrayFieldStart(LvisReader.key(check));
                for (var said : image.details().labelChecks().entrySet()) {
                    if (said.getValue() == check) {
                        json.writeNumber(categories.getOrDefault(said.getKey(), 0));
                        noteContradiction(image, said.getKey(), check);
                    }
                }
                json.writeEndArray();
            }
        }

        private void noteContradiction(AnnotatedImage image, String label, LabelCheck check) {
            if (check == LabelCheck.ABSENT
                    && image.objects().stream().anyMatch(one -> one.label().equals(label))) {
                data.findings()
                        .warning(
                                image.image().file().getFileName().toString(),
                                label + " is said to be absent, and there are objects of it");
            }
        }

        @Override
        public void annotations(JsonGenerator json, AnnotatedImage image, long imageId)
                throws IOException, ProblemException {
            boolean crowds = image.objects().stream().anyMatch(ObjectAnnotation::crowd);
            instances.annotations(
                    json,
                    crowds
                            ? image.withAnnotations(
                                    image.objects().stream().filter(one -> !one.crowd()).toList())
                            : image,
                    imageId);
        }

        @Override
        public void category(JsonGenerator json, Label label) throws IOException {
            json.writeStringField("name", lvisName(label.name()));
            json.writeStringField("synset", "");
            json.writeArrayFieldStart("synonyms");
            json.writeString(lvisName(label.name()));
            for (var alias : label.aliases()) {
                json.writeString(lvisName(alias));
            }
            json.writeEndArray();
            json.writeStringField("def", label.description());
            json.writeStringField("frequency", counts.frequency(label));
            json.writeNumberField("image_count", counts.images.getOrDefault(label.name(), 0L));
            json.writeNumberField(
                    "instance_count", counts.instances.getOrDefault(label.name(), 0L));
        }
    }
}
