package org.palimpsest.format.jsonl;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.paligemma.prompt.OutputParser;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// Reads training files of any flavour into a data set.
///
/// Lines about the same image come together, wherever they stand, as long as the image is held: up to
/// [#MAX_HELD_CHARACTERS] characters of lines are, and the image that was not named for longest is handed over first.
/// An object that several lines of an image name with the same label and location tokens is one object, with a mask if
/// one of the lines has it. Of an image that was handed over already, an object that was handed over is not taken again.
///
/// Coordinates refer to the stored pixels where nothing else is chosen, because trainers do not turn images.
///
/// Belongs to one thread.
final class JsonlDatasetReader {
    static final int MAX_HELD_CHARACTERS = 1 << 24;

    /// More objects than any answer has; their masks would fill the memory.
    private static final int MAX_OBJECTS_PER_LINE = 1000;

    private static final int MAX_LABELS_OF_PROMPTS = 10_000;

    /// Longer ones are kept where objects have them, but not remembered because a prompt asks for them.
    private static final int MAX_LABEL_LENGTH = 200;

    private final DatasetImport data;
    private final int maxHeldCharacters;
    private final Map<String, Optional<ImageDraft>> held = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<ImageId, Split> splits = new HashMap<>();
    private final Set<String> labels = new HashSet<>();
    private final LongSet handedOver = new LongSet();
    private int scale = 1023;
    private long heldCharacters;

    JsonlDatasetReader(DatasetImport data) {
        this(data, MAX_HELD_CHARACTERS);
    }

    JsonlDatasetReader(DatasetImport data, int maxHeldCharacters) {
        this.data = data;
        this.maxHeldCharacters = maxHeldCharacters;
    }

    void read() throws ProblemException {
        var files = JsonlFiles.of(data.source());
        scale = scale(files);
        for (var file : files) {
            String place = files.size() == 1 ? "" : file.name() + " ";
            PaliGemmaJsonlReader.read(
                    file.file(),
                    place,
                    data.findings(),
                    (line, example) -> {
                        data.throwIfCancelled();
                        take(file, place + "line " + line, example);
                    });
        }
        for (var draft : held.values()) {
            handOver(draft);
        }
        held.clear();
    }

    /// 1023 unless a token is beyond it: whoever writes `<loc1024>` for the far edge divides by 1024.
    private int scale(List<JsonlFiles.Found> files) throws ProblemException {
        if (data.options().locationScale().isPresent()) {
            return data.options().locationScale().get();
        }
        for (var file : files) {
            if (JsonlFiles.contains(file.file(), LocationScale.BEYOND)) {
                data.findings()
                        .warning(
                                file.name(),
                                "has "
                                        + LocationScale.BEYOND
                                        + ", so location tokens are read as parts of 1024; choose the scale 1023 to"
                                        + " leave such objects out");
                return LocationScale.BINS;
            }
        }
        return 1023;
    }

    private void take(JsonlFiles.Found file, String place, JsonlExample example)
            throws ProblemException {
        String key = file.folder() + example.image();
        var known = held.get(key);
        if (known == null) {
            known = openDraft(file, place, example.image());
            held.put(key, known);
            heldCharacters += key.length();
        }
        if (known.isPresent()) {
            noteSplit(file, place, known.get().entry());
            heldCharacters += take(known.get(), place, file, example);
        }
        while (heldCharacters > maxHeldCharacters && !held.isEmpty()) {
            var oldest = held.entrySet().iterator().next();
            held.remove(oldest.getKey());
            heldCharacters -=
                    oldest.getKey().length() + oldest.getValue().map(ImageDraft::size).orElse(0L);
            handOver(oldest.getValue());
        }
    }

    private Optional<ImageDraft> openDraft(JsonlFiles.Found file, String place, String path)
            throws ProblemException {
        boolean beside = Files.isRegularFile(file.file().resolveSibling(path));
        var entry = data.image(place, beside ? file.folder() + path : path);
        return entry.map(found -> new ImageDraft(found, data));
    }

    private void noteSplit(JsonlFiles.Found file, String place, ImageEntry image)
            throws ProblemException {
        if (file.split().isEmpty()) {
            return;
        }
        var known = splits.putIfAbsent(image.id(), file.split().get());
        if (known == null) {
            data.sink().details(image.id(), ImageDetails.NEW.withSplit(file.split().get()));
        } else if (known != file.split().get()) {
            data.findings()
                    .warning(
                            place,
                            "the image is in two splits; it stays in "
                                    + known.name().toLowerCase(Locale.ROOT));
        }
    }

    /// @return how many characters are held now that were not
    private long take(ImageDraft draft, String place, JsonlFiles.Found file, JsonlExample example)
            throws ProblemException {
        long before = draft.size();
        var provenance =
                new Provenance.Imported(
                        "PaliGemma JSONL", String.valueOf(file.file().getFileName()));
        var task = Task.parse(example.prefix());
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
        var reading = OutputParser.read(task, LocationScale.readable(example.suffix(), scale));
        if (!asksForObjects || reading.output() instanceof ParsedOutput.GeneratedText) {
            draft.add(
                    TextAnnotation.of(example.prefix(), example.suffix(), provenance)
                            .withAttributes(example.others()));
            return draft.size() - before;
        }
        var objects = LineObject.of(reading, example.suffix(), scale);
        var fault = faultOf(reading.output(), objects);
        if (fault.isPresent()) {
            data.findings().error(place, fault.get());
            return 0;
        }
        if (!draft.add(objects, provenance, example.others())) {
            data.findings().error(place, "too many objects in one image");
            return 0;
        }
        noteLabels(place, task);
        return draft.size() - before;
    }

    /// Why the objects of a line are not taken over, all of them; empty where they are.
    private static Optional<String> faultOf(ParsedOutput output, List<LineObject> objects) {
        if (output instanceof ParsedOutput.Malformed malformed) {
            return Optional.of(
                    "%s, at character %d of the answer"
                            .formatted(malformed.reason(), malformed.position()));
        }
        if (objects.size() > MAX_OBJECTS_PER_LINE) {
            return Optional.of("more than " + MAX_OBJECTS_PER_LINE + " objects");
        }
        return objects.stream()
                .map(LineObject::label)
                .filter(label -> !Label.isName(label))
                .findFirst()
                .map(label -> "an object has no usable label: \"" + label + "\"");
    }

    /// Labels that are asked for belong to the data set even where no image has them.
    private void noteLabels(String place, Task task) throws ProblemException {
        for (var label : task.labels()) {
            if (!Label.isName(label)
                    || label.length() > MAX_LABEL_LENGTH
                    || labels.contains(label)) {
                continue;
            }
            if (labels.size() == MAX_LABELS_OF_PROMPTS) {
                data.findings().error(place, "too many different labels are asked for: " + label);
                return;
            }
            data.sink().label(new Label(label, LabelSet.color(labels.size())));
            labels.add(label);
        }
    }

    private void handOver(Optional<ImageDraft> draft) throws ProblemException {
        if (draft.isPresent()) {
            var image = draft.get().entry().id();
            data.annotations(image, draft.get().annotations(handedOver));
        }
    }
}
