package org.palimpsest.format.coco;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Reads RefCOCO: the sentences of `refs.json` first, then the objects of `instances.json` that they refer to.
final class RefCocoReader implements DatasetReader {
    /// The attribute with the sentence as it was before it was simplified.
    static final String RAW = "raw";

    /// The attribute with a split's name that is more than train, val or test.
    static final String SPLIT = "split";

    /// RefCOCO has 142 thousand sentences.
    private static final int MAX_SENTENCES = 2_000_000;

    private final String title;

    RefCocoReader(String title) {
        this.title = title;
    }

    /// What refers to one object.
    private record Ref(String place, String image, String split, List<Sentence> sentences) {}

    private record Sentence(String text, String raw) {}

    @Override
    public void read(DatasetImport data) throws ProblemException {
        var refsFile = refsFile(data);
        var instancesFile = instancesFile(refsFile);
        var refs = new HashMap<String, List<Ref>>();
        int[] sentences = {0};
        new JsonStream(data, refsFile)
                .list(item -> sentences[0] += takeRef(data, item, refs, sentences[0]));
        var instances = new InstancesFile(data, instancesFile, title, false);
        instances.readHead();
        var portion = new Portion(data);
        var splits = new HashMap<ImageId, Split>();
        instances.readObjects(
                (item, image, object) -> {
                    var id = image.entry().id();
                    portion.add(id, object);
                    var referring = item.id("id").map(refs::remove);
                    if (referring.isPresent()) {
                        for (var ref : referring.get()) {
                            noteImage(data, item, ref);
                            noteSplit(data, id, ref, splits);
                            for (var sentence : ref.sentences()) {
                                portion.add(id, text(refsFile, sentence, ref, object));
                            }
                        }
                    }
                },
                Map.of());
        portion.flush();
        refs.values()
                .forEach(left ->
                        left.forEach(ref ->
                                data.findings()
                                        .error(
                                                ref.place(),
                                                "its object was not taken over, so its sentences"
                                                        + " are not, either")));
    }

    private static Path refsFile(DatasetImport data) throws ProblemException {
        Path source = data.source();
        Path file = Files.isDirectory(source) ? source.resolve("refs.json") : source;
        if (Files.isDirectory(source) && !Files.isRegularFile(file)) {
            refusePickles(source);
            throw new ProblemException(
                    "There is no refs.json in the folder",
                    source.toString(),
                    "Choose the JSON file with the referring sentences");
        }
        if (file.getFileName().toString().endsWith(".p")) {
            throw pickle(file);
        }
        if (file.getFileName().toString().startsWith("instances")) {
            return file.resolveSibling("refs.json");
        }
        return file;
    }

    private static void refusePickles(Path folder) throws ProblemException {
        try (var files = Files.newDirectoryStream(folder, "*.p")) {
            for (var file : files) {
                throw pickle(file);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder cannot be read",
                            folder + ": " + e.getMessage(),
                            "Check that you may read it"),
                    e);
        }
    }

    private static ProblemException pickle(Path file) {
        return new ProblemException(
                "A pickle is not opened, as that would run code in it",
                file.toString(),
                "Make refs.json of it where you trust it: python -c \"import json, pickle;"
                        + " json.dump(pickle.load(open('"
                        + file.getFileName()
                        + "', 'rb')), open('refs.json', 'w'))\"");
    }

    private static AnnotationFile instancesFile(Path refs) throws ProblemException {
        Path instances = refs.resolveSibling("instances.json");
        if (!Files.isRegularFile(instances)) {
            throw new ProblemException(
                    "There is no instances.json beside the sentences",
                    refs.toString(),
                    "Put the COCO file with the objects beside it");
        }
        return new AnnotationFile(instances, "");
    }

    private static int takeRef(
            DatasetImport data, JsonItem item, Map<String, List<Ref>> refs, int before) {
        var object = item.id("ann_id");
        if (object.isEmpty()) {
            data.findings().error(item.place(), "there is no ann_id");
            return 0;
        }
        var sentences = new ArrayList<Sentence>();
        JsonNode list = item.get("sentences");
        if (list != null && list.isArray()) {
            for (var one : list) {
                var sent = one.path("sent");
                var raw = one.path("raw");
                if (sent.isTextual() && !sent.textValue().isBlank()) {
                    sentences.add(
                            new Sentence(
                                    sent.textValue(),
                                    raw.isTextual() ? raw.textValue() : sent.textValue()));
                } else {
                    data.findings().error(item.place(), "a sentence has no text: " + one);
                }
            }
        }
        if (sentences.isEmpty()) {
            data.findings().error(item.place(), "there are no sentences");
            return 0;
        }
        if (before + sentences.size() > MAX_SENTENCES) {
            data.findings()
                    .error(item.place(), "there are more than " + MAX_SENTENCES + " sentences");
            return 0;
        }
        refs.computeIfAbsent(object.get(), _ -> new ArrayList<>(1))
                .add(
                        new Ref(
                                item.place(),
                                item.id("image_id").orElse(""),
                                item.text("split").orElse(""),
                                List.copyOf(sentences)));
        return sentences.size();
    }

    private static void noteImage(DatasetImport data, JsonItem object, Ref ref) {
        if (!ref.image().isEmpty() && !ref.image().equals(object.id("image_id").orElse(""))) {
            data.findings()
                    .warning(ref.place(), "the image_id is not that of its object, which counts");
        }
    }

    private static void noteSplit(
            DatasetImport data, ImageId image, Ref ref, Map<ImageId, Split> splits)
            throws ProblemException {
        Split split = splitOf(ref.split());
        if (split == Split.UNASSIGNED) {
            return;
        }
        Split before = splits.putIfAbsent(image, split);
        if (before == null) {
            data.sink().details(image, ImageDetails.NEW.withSplit(split));
        } else if (before != split) {
            data.findings()
                    .warning(
                            ref.place(),
                            "the image has sentences of another split, too; its first one counts");
        }
    }

    /// RefCOCO's testA, of people, and testB, of other things, are both for testing.
    static Split splitOf(String name) {
        return switch (name) {
            case "train" -> Split.TRAIN;
            case "val" -> Split.VALIDATION;
            case "test", "testA", "testB", "testC" -> Split.TEST;
            default -> Split.UNASSIGNED;
        };
    }

    private TextAnnotation text(Path file, Sentence sentence, Ref ref, ObjectAnnotation object) {
        var attributes = new TreeMap<String, String>();
        if (!sentence.raw().equals(sentence.text())) {
            attributes.put(RAW, sentence.raw());
        }
        if (!Set.of("train", "val", "test", "").contains(ref.split())) {
            attributes.put(SPLIT, ref.split());
        }
        var text =
                new TextAnnotation(
                        AnnotationId.random(),
                        TextAnnotation.REFERRING_PROMPT,
                        sentence.text(),
                        new Provenance.Imported(title, file.getFileName().toString()),
                        ReviewState.UNREVIEWED,
                        attributes,
                        List.of());
        return text.referringTo(object.id());
    }
}
