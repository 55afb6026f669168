package org.palimpsest.format.jsonl;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Split;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.format.prompts.ExampleMaker;
import org.palimpsest.format.prompts.ExampleOptions;
import org.palimpsest.format.prompts.ImageExamples;
import org.palimpsest.format.prompts.PromptTemplate;
import org.palimpsest.format.prompts.TextLength;
import org.palimpsest.format.prompts.TrainingExample;
import org.palimpsest.problem.ProblemException;

/// Writes the examples of a data set in the layout of one trainer.
final class JsonlDatasetWriter {
    private final JsonlFlavor flavor;
    private final DatasetExport export;
    private final ExampleOptions options;
    private final ExampleMaker maker;
    private final OptionalInt textLength;
    private final Optional<MaskQuality> masks;
    private final Map<Split, OutputStream> files = new EnumMap<>(Split.class);
    private final Map<Split, Long> examplesBySplit = new EnumMap<>(Split.class);
    private final Map<String, Long> examplesByTemplate = new LinkedHashMap<>();
    private long imagesWithoutSplit;
    private long emptyAnswers;

    JsonlDatasetWriter(JsonlFlavor flavor, DatasetExport export) throws ProblemException {
        this.flavor = flavor;
        this.export = export;
        var settings = new LinkedHashMap<String, String>();
        for (var setting : new PaliGemmaFormat(flavor).settings()) {
            settings.put(setting.name(), export.setting(setting.name()));
        }
        this.options = PaliGemmaFormat.exampleOptions(flavor, settings, export.options());
        this.textLength = textLength(export.setting(PaliGemmaFormat.TEXT_LENGTH));
        this.maker = ExampleMaker.of(export.data().labels(), options, export.findings());
        this.masks =
                options.masks().isPresent()
                        ? export.options().maskDecoder().map(MaskQuality::new)
                        : Optional.empty();
        for (var part : options.mix().parts()) {
            examplesByTemplate.put(part.template().name(), 0L);
        }
    }

    private static OptionalInt textLength(String value) throws ProblemException {
        if (value.equals("none")) {
            return OptionalInt.empty();
        }
        if (!value.matches("[1-9][0-9]{0,6}")) {
            throw new ProblemException(
                    "The setting " + PaliGemmaFormat.TEXT_LENGTH + " cannot be '" + value + "'",
                    "",
                    "Write a number of tokens, or none");
        }
        return OptionalInt.of(Integer.parseInt(value));
    }

    void write() throws ProblemException {
        try {
            export.forEachImage(this::write);
        } finally {
            close();
        }
        noteSplits();
        noteEmptyAnswers();
        if (masks.isPresent() && !masks.get().isEmpty()) {
            masks.get().report(export);
        }
        noteConventions();
        writeReadme();
    }

    private void write(AnnotatedImage image) throws ProblemException {
        ImageExamples made = maker.examples(image);
        Split split = image.details().split();
        if (split == Split.UNASSIGNED) {
            imagesWithoutSplit++;
            split = Split.TRAIN;
        }
        if (masks.isPresent() && !made.masks().isEmpty()) {
            String path = export.image(image, flavor.imageFolder(split)).path();
            masks.get().add(path, made.masks());
        }
        for (var example : made.examples()) {
            var reason = PaliGemmaJsonlWriter.reasonToRefuse(flavor, example.prefix());
            if (reason.isPresent()) {
                export.findings().error(image.image().file().toString(), reason.get());
            } else {
                write(image, split, example);
            }
        }
    }

    private void write(AnnotatedImage image, Split split, TrainingExample example)
            throws ProblemException {
        String path = export.image(image, flavor.imageFolder(split)).path();
        try {
            JsonlLineWriter.write(
                    file(split),
                    new JsonlExample(fromBase(path, split), example.prefix(), example.suffix()),
                    flavor);
        } catch (IOException e) {
            throw export.cannotWrite(e);
        }
        export.countExample();
        examplesBySplit.merge(split, 1L, Long::sum);
        examplesByTemplate.merge(example.template(), 1L, Long::sum);
        if (example.suffix().isEmpty()) {
            emptyAnswers++;
        }
        if (textLength.isPresent() && export.options().tokenizer().isPresent()) {
            int tokens =
                    TextLength.tokens(
                            export.options().tokenizer().get(), example.prefix(), example.suffix());
            if (tokens > textLength.getAsInt()) {
                export.findings()
                        .warning(
                                path,
                                "the example of "
                                        + example.template()
                                        + " has "
                                        + tokens
                                        + " tokens, the trainer reads "
                                        + textLength.getAsInt());
            }
        }
    }

    /// The path of an image as the lines of its split have it.
    private String fromBase(String path, Split split) {
        String base = imageBase(split);
        if (base.isEmpty()) {
            return path;
        }
        return path.startsWith(base + "/") ? path.substring(base.length() + 1) : "../" + path;
    }

    /// Images that stay where they are leave no folder of images for big_vision to start from.
    private String imageBase(Split split) {
        boolean missing =
                flavor == JsonlFlavor.BIG_VISION && export.options().images() == ImagesMode.REFER;
        return missing ? "" : flavor.imageBase(split);
    }

    private OutputStream file(Split split) throws ProblemException {
        var known = files.get(split);
        if (known != null) {
            return known;
        }
        var opened = export.openFile(flavor.file(split));
        files.put(split, opened);
        return opened;
    }

    private void close() throws ProblemException {
        for (var file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                throw export.cannotWrite(e);
            }
        }
    }

    private void noteSplits() {
        if (imagesWithoutSplit > 0) {
            export.findings()
                    .warning(
                            flavor.file(Split.TRAIN),
                            imagesWithoutSplit + " images without a split are trained with");
        }
        for (var split : new Split[] {Split.TRAIN, Split.VALIDATION, Split.TEST}) {
            if (flavor.needsAllSplits() && !examplesBySplit.containsKey(split)) {
                export.findings()
                        .warning(
                                flavor.file(split),
                                flavor.title()
                                        + " wants an example in each of train, valid and test;"
                                        + " there is none in "
                                        + flavor.splitName(split));
            }
        }
    }

    private void noteEmptyAnswers() {
        if (emptyAnswers > 0) {
            export.findings()
                    .warning(
                            "empty answers",
                            emptyAnswers + " examples have none: " + flavor.emptyAnswer());
        }
    }

    private void noteConventions() {
        export.convention("boxes", "<locYYYY> of y1 x1 y2 x2 in the upright image");
        export.convention("location_scale", "1023");
        export.convention(
                "prompts_end_in_line_break", Boolean.toString(flavor.promptsEndInLineBreak()));
        export.convention("mix", options.mix().toString());
        examplesByTemplate.forEach((template, count) ->
                export.convention("examples of " + template, Long.toString(count)));
        boolean segments =
                options.mix().parts().stream()
                        .anyMatch(part ->
                                part.template() instanceof PromptTemplate.Objects objects
                                        && objects.verb() == PromptTemplate.Verb.SEGMENT);
        if (segments && options.masks().isPresent()) {
            export.convention("masks", "16 codes of the part inside of the box, row by row");
        }
    }

    private void writeReadme() throws ProblemException {
        var readme =
                new JsonlReadme(
                        flavor,
                        options,
                        imageBase(Split.TRAIN),
                        examplesBySplit,
                        examplesByTemplate,
                        masks.filter(quality -> !quality.isEmpty()));
        try (var stream = export.openFile("README.md")) {
            stream.write(readme.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw export.cannotWrite(e);
        }
    }
}
