package org.palimpsest.format.jsonl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.MaskEncoder;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.palimpsest.paligemma.prompt.DetectedObject;
import org.palimpsest.paligemma.prompt.Labels;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.paligemma.prompt.OutputFormatter;
import org.palimpsest.paligemma.prompt.SegmentedObject;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// Makes the lines of each image: what is asked and what is answered.
final class ExampleMaker {
    /// Processors put the image where this stands in a text, so a text must not have it.
    private static final String IMAGE_TOKEN = "<image>";

    private static final String NOT_TAKEN = "this flavour has no use for the line of ";

    private final JsonlOptions options;
    private final List<String> labels;
    private final FindingList findings;

    private ExampleMaker(JsonlOptions options, List<String> labels, FindingList findings) {
        this.options = options;
        this.labels = labels;
        this.findings = findings;
    }

    /// @throws ProblemException if a label cannot stand in PaliGemma's text form
    static ExampleMaker of(
            Collection<AnnotatedImage> images, JsonlOptions options, FindingList findings)
            throws ProblemException {
        var labels = new LinkedHashSet<>(options.labels());
        for (var image : images) {
            for (var object : image.objects()) {
                if (isExported(object)) {
                    labels.add(object.label());
                }
            }
        }
        for (var label : labels) {
            var reason = Labels.reasonToRefuse(label);
            if (reason.isPresent() || !isWellFormed(label)) {
                throw new ProblemException(
                        "PaliGemma's text form cannot carry the label '" + label + "'",
                        reason.orElse("a label must not contain half of a character"),
                        "Rename the label and export again");
            }
            Labels.reasonToWarn(label)
                    .ifPresent(warning -> findings.warning("label " + label, warning));
        }
        return new ExampleMaker(options, List.copyOf(labels), findings);
    }

    private static boolean isExported(Annotation annotation) {
        return annotation.review() != ReviewState.REJECTED;
    }

    /// The lines of one image, in the order detect, segment, texts.
    List<JsonlExample> examples(AnnotatedImage image, String path) throws ProblemException {
        var examples = new ArrayList<JsonlExample>();
        var objects = placedObjects(image);
        boolean asks = !labels.isEmpty() && (!objects.isEmpty() || options.emptyImages());
        if (options.detect() && asks) {
            examples.add(
                    new JsonlExample(
                            path,
                            new Task.Detect(labels).prompt(),
                            OutputFormatter.detections(
                                    objects.stream().map(PlacedObject::detected).toList())));
        }
        if (options.maskEncoder().isPresent() && !objects.isEmpty()) {
            segment(image, path, objects, options.maskEncoder().get()).ifPresent(examples::add);
        }
        if (options.texts()) {
            for (var text : image.texts()) {
                if (isExported(text)) {
                    text(image, path, text).ifPresent(examples::add);
                }
            }
        }
        return examples;
    }

    private record PlacedObject(ObjectAnnotation object, Box box, NormalizedBox bins) {
        DetectedObject detected() {
            return new DetectedObject(object.label(), bins);
        }
    }

    /// The objects that the image shows, from top to bottom, then from left to right.
    private List<PlacedObject> placedObjects(AnnotatedImage image) {
        Size size = image.image().size();
        var placed = new ArrayList<PlacedObject>();
        for (var object : image.objects()) {
            if (!isExported(object)) {
                continue;
            }
            Box box = object.region().bounds().clampTo(size);
            if (box.isEmpty()) {
                findings.error(
                        image.image().file().toString(),
                        "a " + object.label() + " covers nothing of the image: " + box);
                continue;
            }
            placed.add(
                    new PlacedObject(
                            object,
                            box,
                            NormalizedBox.ofFractions(
                                    box.yMin() / size.height(),
                                    box.xMin() / size.width(),
                                    box.yMax() / size.height(),
                                    box.xMax() / size.width())));
        }
        placed.sort(
                Comparator.<PlacedObject>comparingInt(one -> one.bins().yMin())
                        .thenComparingInt(one -> one.bins().xMin()));
        return placed;
    }

    /// A `segment` line names every object of the image, or the model would learn to pass some over.
    private Optional<JsonlExample> segment(
            AnnotatedImage image, String path, List<PlacedObject> objects, MaskEncoder encoder)
            throws ProblemException {
        String place = image.image().file().toString();
        var task = new Task.Segment(labels);
        if (!options.flavor().takes(task)) {
            findings.error(place, NOT_TAKEN + task.prompt());
            return Optional.empty();
        }
        if (objects.stream().anyMatch(one -> one.object().region() instanceof Box)) {
            findings.warning(place, "no segment line, because an object has a box only");
            return Optional.empty();
        }
        var segmented = new ArrayList<SegmentedObject>();
        for (var one : objects) {
            var mask = Mask.fromRegion(one.object().region(), image.image().size());
            segmented.add(
                    new SegmentedObject(
                            one.object().label(),
                            one.bins(),
                            Arrays.stream(encoder.encode(mask, one.box())).boxed().toList()));
        }
        return Optional.of(
                new JsonlExample(path, task.prompt(), OutputFormatter.segmentations(segmented)));
    }

    private Optional<JsonlExample> text(AnnotatedImage image, String path, TextAnnotation text) {
        String place = image.image().file().toString();
        String prompt = text.prompt();
        var reason = reasonToRefuse(options.flavor(), prompt, text.text());
        if (reason.isPresent()) {
            findings.error(place, reason.get());
            return Optional.empty();
        }
        return Optional.of(new JsonlExample(path, prompt, text.text()));
    }

    /// Why a prompt and its answer cannot be a line, in words; empty where they can.
    static Optional<String> reasonToRefuse(JsonlFlavor flavor, String prompt, String text) {
        if (!flavor.takes(Task.parse(prompt))) {
            return Optional.of(NOT_TAKEN + prompt);
        }
        if (prompt.indexOf('\n') >= 0 || prompt.indexOf('\r') >= 0) {
            return Optional.of("a prompt must not contain a line break: " + prompt);
        }
        if (prompt.contains(IMAGE_TOKEN) || text.contains(IMAGE_TOKEN)) {
            return Optional.of("a text must not contain " + IMAGE_TOKEN + ": " + prompt);
        }
        if (!isWellFormed(prompt) || !isWellFormed(text)) {
            return Optional.of("a text contains half of a character: " + prompt);
        }
        return Optional.empty();
    }

    /// Whether every surrogate has its other half, so that the text has a UTF-8 form.
    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }
}
