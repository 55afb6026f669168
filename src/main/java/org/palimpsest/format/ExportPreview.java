package org.palimpsest.format;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// What an export would write and what its format cannot carry, counted before anything is written.
///
/// @param images how many images
/// @param objects how many objects
/// @param texts how many texts
/// @param splits how many images of each split
/// @param provenance how many annotations of each kind of origin: `drawn`, `predicted`, `imported`, `corrected`
/// @param losses what the format cannot carry, in the order of [Content]
public record ExportPreview(
        long images,
        long objects,
        long texts,
        Map<Split, Long> splits,
        Map<String, Long> provenance,
        List<Loss> losses) {

    /// Content that the format cannot carry.
    ///
    /// @param count in how many objects, texts, images or labels it is
    /// @param consequence what becomes of it, such as `are filled`
    public record Loss(Content content, long count, String consequence) {

        /// The form in which the command line prints it: `3 holes in outlines are filled`.
        @Override
        public String toString() {
            return count + " × " + content.words() + ": " + consequence;
        }
    }

    /// Counts a data set, which is read once.
    static ExportPreview of(DatasetFormat format, Dataset data) throws ProblemException {
        var counter = new Counter();
        for (var label : data.labels().labels()) {
            counter.count(label);
        }
        data.forEach(counter::count);
        var losses = new ArrayList<Loss>();
        counter.contents.forEach((content, count) ->
                format.carriage()
                        .loss(content)
                        .ifPresent(words -> losses.add(new Loss(content, count, words))));
        return new ExportPreview(
                counter.images,
                counter.objects,
                counter.texts,
                counter.splits,
                counter.provenance,
                losses);
    }

    private static final class Counter {
        private final Map<Content, Long> contents = new EnumMap<>(Content.class);
        private final Map<Split, Long> splits = new EnumMap<>(Split.class);
        private final Map<String, Long> provenance = new TreeMap<>();
        private long images;
        private long objects;
        private long texts;

        private void add(Content content, boolean present) {
            if (present) {
                contents.merge(content, 1L, Long::sum);
            }
        }

        void count(Label label) {
            add(
                    Content.LABEL_DETAILS,
                    !label.shortcut().isEmpty()
                            || !label.description().isEmpty()
                            || !label.aliases().isEmpty());
        }

        void count(AnnotatedImage image) {
            images++;
            ImageDetails details = image.details();
            splits.merge(details.split(), 1L, Long::sum);
            add(Content.SPLITS, details.split() != Split.UNASSIGNED);
            add(Content.TAGS_AND_NOTES, !details.tags().isEmpty() || !details.notes().isEmpty());
            add(Content.IMAGE_STATES, details.state() != ImageState.NEW);
            add(Content.LABEL_CHECKS, !details.labelChecks().isEmpty());
            add(Content.EMPTY_IMAGES, image.annotations().isEmpty());
            image.annotations().forEach(this::count);
        }

        private void count(Annotation annotation) {
            provenance.merge(origin(annotation.provenance()), 1L, Long::sum);
            add(Content.PROVENANCE, true);
            switch (annotation) {
                case ObjectAnnotation object -> {
                    objects++;
                    countObject(object);
                }
                case TextAnnotation text -> {
                    texts++;
                    countText(text);
                }
            }
        }

        private void countObject(ObjectAnnotation object) {
            add(Content.SCORES, object.provenance().score().isPresent());
            add(Content.CROWDS, object.crowd());
            add(Content.ATTRIBUTES, !object.attributes().isEmpty());
            switch (object.region()) {
                case Box _ -> add(Content.BOXES, true);
                case Polygon polygon -> {
                    add(Content.POLYGONS, true);
                    add(Content.HOLES, !polygon.holes().isEmpty());
                }
                case MultiPolygon parts -> {
                    add(Content.POLYGONS, true);
                    add(Content.SEVERAL_PARTS, parts.polygons().size() > 1);
                    add(
                            Content.HOLES,
                            parts.polygons().stream().anyMatch(part -> !part.holes().isEmpty()));
                }
                case Mask _ -> add(Content.MASKS, true);
            }
        }

        private void countText(TextAnnotation text) {
            add(Content.ATTRIBUTES, !text.attributes().isEmpty());
            add(Content.PHRASE_LINKS, !text.links().isEmpty());
            switch (Task.parse(text.prompt())) {
                case Task.Caption _, Task.ShortCaption _, Task.Describe _ ->
                        add(Content.CAPTIONS, true);
                case Task.Answer _ -> add(Content.QUESTIONS, true);
                case Task.ReadText _, Task.Ask _, Task.Detect _, Task.Segment _, Task.FreeForm _ ->
                        add(Content.OTHER_TEXTS, true);
            }
        }

        private static String origin(Provenance provenance) {
            return switch (provenance) {
                case Provenance.Drawn _ -> "drawn";
                case Provenance.Predicted _ -> "predicted";
                case Provenance.Imported _ -> "imported";
                case Provenance.Corrected _ -> "corrected";
            };
        }
    }
}
