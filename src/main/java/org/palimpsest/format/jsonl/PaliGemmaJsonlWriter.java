package org.palimpsest.format.jsonl;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.format.ExportReport;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.ImagePaths;
import org.palimpsest.format.prompts.ExampleMaker;
import org.palimpsest.format.prompts.TextRules;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;

/// Writes single training files: UTF-8 without a byte order mark, one flat JSON object per line, every line with the
/// same three keys, no blank line. Images stay where they are; a whole data set is exported by a [PaliGemmaFormat].
///
/// The file appears whole or not at all. The same images and options give the same bytes.
public final class PaliGemmaJsonlWriter {
    private PaliGemmaJsonlWriter() {}

    /// Writes what is said about these images, as [ExampleMaker] makes lines of it.
    ///
    /// @throws ProblemException if a label cannot be written, an image lies outside of the images' folder or the
    ///     file cannot be written
    public static ExportReport write(List<AnnotatedImage> images, Path out, JsonlOptions options)
            throws ProblemException {
        var findings = new FindingList();
        var maker = ExampleMaker.of(labels(images, options), options.examples(), findings);
        Path folder =
                options.imageFolder().isPresent()
                        ? options.imageFolder().get()
                        : ImagePaths.commonFolder(images);
        long[] count = {0};
        AtomicFiles.write(
                out,
                stream -> {
                    for (var image : images) {
                        Path file = image.image().file();
                        String path = ImagePaths.relative(folder, file);
                        if (image.image().facts().orientation() != 1) {
                            findings.warning(
                                    file.toString(),
                                    "trainers do not turn the image as its orientation tag says;"
                                            + " export a data set, which turns the pixels");
                        }
                        for (var made : maker.examples(image).examples()) {
                            var reason = reasonToRefuse(options.flavor(), made.prefix());
                            if (reason.isPresent()) {
                                findings.error(file.toString(), reason.get());
                                continue;
                            }
                            JsonlLineWriter.write(
                                    stream,
                                    new JsonlExample(path, made.prefix(), made.suffix()),
                                    options.flavor());
                            count[0]++;
                        }
                    }
                });
        return new ExportReport(count[0], findings);
    }

    private static LabelSet labels(List<AnnotatedImage> images, JsonlOptions options) {
        var labels = options.labels();
        for (var image : images) {
            for (var object : image.objects()) {
                if (object.review() != ReviewState.REJECTED) {
                    labels = labels.with(object.label());
                }
            }
        }
        return labels;
    }

    /// Writes lines that are made already, such as prompts with a model's answers. What no trainer could read is left
    /// out and reported: hours of answers are not lost for one of them.
    ///
    /// @throws ProblemException if the file cannot be written
    public static ExportReport writeExamples(
            Iterable<JsonlExample> examples, Path out, JsonlFlavor flavor) throws ProblemException {
        var findings = new FindingList();
        long[] count = {0};
        AtomicFiles.write(
                out,
                stream -> {
                    for (var example : examples) {
                        var reason =
                                TextRules.reasonToRefuse(example.prefix(), example.suffix())
                                        .or(() -> reasonToRefuse(flavor, example.prefix()));
                        if (reason.isPresent()) {
                            findings.error(example.image(), reason.get());
                            continue;
                        }
                        JsonlLineWriter.write(stream, example, flavor);
                        count[0]++;
                    }
                });
        return new ExportReport(count[0], findings);
    }

    /// Why this flavour's reader can do nothing with an example, in words; empty where it can.
    static Optional<String> reasonToRefuse(JsonlFlavor flavor, String prefix) {
        return flavor.takes(Task.parse(prefix))
                ? Optional.empty()
                : Optional.of("this flavour has no use for the line of " + prefix);
    }
}
