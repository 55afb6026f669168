package org.palimpsest.format.coco;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.FindingList;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// Reads COCO captions: one file, or all files of a folder.
final class CaptionsReader implements DatasetReader {
    private static final Set<String> KNOWN_KEYS =
            Set.of("id", "image_id", "caption", "prompt", "language");

    private static final String USUAL_PROMPT = new Task.Caption(Language.ENGLISH).prompt();

    private final String title;

    CaptionsReader(String title) {
        this.title = title;
    }

    @Override
    public void read(DatasetImport data) throws ProblemException {
        var files =
                AnnotationFile.find(
                        data,
                        name -> name.toLowerCase(Locale.ROOT).contains("captions"),
                        name -> !name.startsWith("instances"));
        for (var file : files) {
            read(data, file);
        }
    }

    private void read(DatasetImport data, AnnotationFile file) throws ProblemException {
        var images = new ImageIndex(data, file, true);
        var seen = new JsonStream(data, file.file()).lists(Map.of("images", images::take));
        InstancesFile.requireImages(seen, file);
        var ids = new AnnotationIds(data.findings());
        var again =
                new JsonStream(data, file.file())
                        .lists(
                                Map.of(
                                        "annotations",
                                        item -> {
                                            ids.note(item);
                                            readCaption(data, file, images, item);
                                        }));
        if (!again.contains("annotations")) {
            data.findings().warning(file.name(), "there is no list \"annotations\"");
        }
        images.noteLeftOut();
    }

    private void readCaption(
            DatasetImport data, AnnotationFile file, ImageIndex images, JsonItem item)
            throws ProblemException {
        var image = images.of(item);
        if (image.isEmpty()) {
            return;
        }
        var caption = caption(item, title, file.name(), data.findings());
        if (caption.isPresent()) {
            data.annotations(image.get().entry().id(), List.of(caption.get()));
        }
    }

    /// The caption of an annotation or result; empty, with a finding, where there is none.
    static Optional<TextAnnotation> caption(
            JsonItem item, String title, String file, FindingList findings) {
        var text = item.text("caption").filter(words -> !words.isBlank());
        if (text.isEmpty()) {
            findings.error(item.place(), "there is no caption");
            return Optional.empty();
        }
        return Optional.of(
                new TextAnnotation(
                        AnnotationId.random(),
                        prompt(item, findings),
                        text.get(),
                        new Provenance.Imported(title, file),
                        ReviewState.UNREVIEWED,
                        new TreeMap<>(ExtraKeys.attributes(item, KNOWN_KEYS, findings)),
                        List.of()));
    }

    private static String prompt(JsonItem item, FindingList findings) {
        var prompt = item.text("prompt");
        if (prompt.isPresent()) {
            if (CaptionsWriter.language(prompt.get()).isPresent()) {
                return prompt.get();
            }
            findings.warning(
                    item.place(), "the prompt is none for captions, it becomes " + USUAL_PROMPT);
        }
        var language = item.text("language");
        if (language.isPresent()) {
            var known = Language.ofCode(language.get());
            if (known.isPresent()) {
                return new Task.Caption(known.get()).prompt();
            }
            findings.warning(item.place(), "the language is not known, it is taken as English");
        }
        return USUAL_PROMPT;
    }
}
