package org.palimpsest.format.jsonl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.ImportReport;
import org.palimpsest.format.MaskDecoder;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.paligemma.prompt.DetectedObject;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.paligemma.prompt.OutputParser;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.SegmentedObject;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// Makes annotated images of a PaliGemma JSONL file.
///
/// Lines about the same image come together. An object that a `detect` line and a `segment` line both name, with the
/// same label and location tokens, becomes one annotation with the mask.
///
/// Belongs to one thread.
public final class JsonlImporter {
    /// Gives the size of an image file, upright.
    @FunctionalInterface
    public interface SizeReader {
        Size sizeOf(Path image) throws ProblemException;
    }

    /// What was imported.
    ///
    /// @param images in the order in which the file names them first
    /// @param labels in the order in which prompts and answers name them first
    public record Imported(List<AnnotatedImage> images, LabelSet labels, ImportReport report) {
        public Imported {
            images = List.copyOf(images);
        }
    }

    /// More objects than any answer has; their masks would fill the memory.
    private static final int MAX_OBJECTS_PER_LINE = 1000;

    private final Path imageFolder;
    private final SizeReader sizes;
    private final Optional<MaskDecoder> masks;
    private final Provenance provenance;
    private final FindingList findings = new FindingList();
    private final Map<String, Optional<Draft>> drafts = new LinkedHashMap<>();
    private final Set<String> labels = new LinkedHashSet<>();

    private JsonlImporter(
            Path file, Path imageFolder, SizeReader sizes, Optional<MaskDecoder> masks) {
        this.imageFolder = imageFolder;
        this.sizes = sizes;
        this.masks = masks;
        this.provenance =
                new Provenance.Imported("PaliGemma JSONL", String.valueOf(file.getFileName()));
    }

    /// Reads a whole file.
    ///
    /// @param imageFolder what the image paths in the file are relative to
    /// @param masks draws the masks of `segment` lines; without it their boxes are imported
    /// @throws ProblemException if the file itself cannot be read
    public static Imported read(
            Path file, Path imageFolder, SizeReader sizes, Optional<MaskDecoder> masks)
            throws ProblemException {
        var importer = new JsonlImporter(file, imageFolder, sizes, masks);
        long[] taken = {0};
        PaliGemmaJsonlReader.read(
                file,
                importer.findings,
                (line, example) -> taken[0] += importer.take("line " + line, example) ? 1 : 0);
        var images =
                importer.drafts.values().stream().flatMap(Optional::stream).map(Draft::toImage);
        return new Imported(
                images.toList(),
                LabelSet.ofNames(importer.labels),
                new ImportReport(taken[0], importer.findings));
    }

    private boolean take(String place, JsonlExample example) {
        var draft = drafts.computeIfAbsent(example.image(), path -> openDraft(place, path));
        if (draft.isEmpty()) {
            return false;
        }
        var task = Task.parse(example.prefix());
        var output = OutputParser.parse(task, example.suffix());
        boolean asksForObjects =
                switch (task) {
                    case Task.Detect _, Task.Segment _, Task.FreeForm _ -> true;
                    case Task.ShortCaption _,
                            Task.Caption _,
                            Task.Describe _,
                            Task.ReadText _,
                            Task.Answer _,
                            Task.Ask _ ->
                            false;
                };
        if (!asksForObjects || output instanceof ParsedOutput.GeneratedText) {
            draft.get()
                    .texts
                    .add(TextAnnotation.of(example.prefix(), example.suffix(), provenance));
            return true;
        }
        var fault = takeObjects(draft.get(), task, output);
        fault.ifPresent(reason -> findings.error(place, reason));
        return fault.isEmpty();
    }

    /// Takes over all objects of a line, or none and says why.
    private Optional<String> takeObjects(Draft draft, Task task, ParsedOutput output) {
        var names =
                switch (output) {
                    case ParsedOutput.DetectedObjects(var objects) ->
                            objects.stream().map(DetectedObject::name).toList();
                    case ParsedOutput.SegmentedObjects(var objects) ->
                            objects.stream().map(SegmentedObject::name).toList();
                    case ParsedOutput.GeneratedText _, ParsedOutput.Malformed _ ->
                            List.<String>of();
                };
        if (names.size() > MAX_OBJECTS_PER_LINE) {
            return Optional.of("more than " + MAX_OBJECTS_PER_LINE + " objects");
        }
        for (var name : names) {
            if (!Label.isName(name)) {
                return Optional.of("an object has no usable label: \"" + name + "\"");
            }
        }
        try {
            switch (output) {
                case ParsedOutput.Malformed malformed -> {
                    return Optional.of(
                            "%s, at character %d of the answer"
                                    .formatted(malformed.reason(), malformed.position()));
                }
                case ParsedOutput.DetectedObjects(var objects) -> objects.forEach(draft::addBox);
                case ParsedOutput.SegmentedObjects(var objects) -> {
                    for (var object : objects) {
                        draft.addMask(object);
                    }
                }
                case ParsedOutput.GeneratedText _ -> {}
            }
        } catch (ProblemException e) {
            return Optional.of(e.problem().oneLine());
        }
        task.labels().stream().filter(Label::isName).forEach(labels::add);
        labels.addAll(names);
        return Optional.empty();
    }

    private Optional<Draft> openDraft(String place, String path) {
        Path file = imageFolder.resolve(path);
        if (!Files.isRegularFile(file)) {
            findings.error(place, "there is no image " + file);
            return Optional.empty();
        }
        try {
            var entry = new ImageEntry(ImageId.random(), file, sizes.sizeOf(file));
            return Optional.of(new Draft(entry));
        } catch (ProblemException e) {
            findings.error(place, e.problem().oneLine());
            return Optional.empty();
        }
    }

    /// An image while its lines come in.
    private final class Draft {
        private final ImageEntry entry;
        private final List<ObjectAnnotation> objects = new ArrayList<>();
        private final List<NormalizedBox> bins = new ArrayList<>();
        private final List<TextAnnotation> texts = new ArrayList<>();

        private Draft(ImageEntry entry) {
            this.entry = entry;
        }

        private void addBox(DetectedObject object) {
            add(object.name(), object.box(), pixels(object.box()));
        }

        private void addMask(SegmentedObject object) throws ProblemException {
            Region region =
                    masks.isPresent()
                            ? masks.get().decode(object.maskCodes(), object.box(), entry.size())
                            : pixels(object.box());
            for (int i = 0; i < objects.size(); i++) {
                var known = objects.get(i);
                if (known.region() instanceof Box
                        && known.label().equals(object.name())
                        && bins.get(i).equals(object.box())) {
                    objects.set(
                            i,
                            new ObjectAnnotation(
                                    known.id(),
                                    known.label(),
                                    region,
                                    known.provenance(),
                                    known.review()));
                    return;
                }
            }
            add(object.name(), object.box(), region);
        }

        private void add(String label, NormalizedBox box, Region region) {
            objects.add(ObjectAnnotation.of(label, region, provenance));
            bins.add(box);
        }

        private Box pixels(NormalizedBox box) {
            return new Box(
                    box.xMinFraction() * entry.size().width(),
                    box.yMinFraction() * entry.size().height(),
                    box.xMaxFraction() * entry.size().width(),
                    box.yMaxFraction() * entry.size().height());
        }

        private AnnotatedImage toImage() {
            var all = new ArrayList<Annotation>(objects);
            all.addAll(texts);
            return new AnnotatedImage(entry, all);
        }
    }
}
