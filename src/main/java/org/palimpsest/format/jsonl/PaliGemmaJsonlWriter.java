package org.palimpsest.format.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.format.ExportReport;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.ImagePaths;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;

/// Writes PaliGemma's training files: UTF-8 without a byte order mark, one flat JSON object per line, every line
/// with the same three keys, no blank line.
///
/// The file appears whole or not at all. The same images and options give the same bytes.
public final class PaliGemmaJsonlWriter {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build();

    private PaliGemmaJsonlWriter() {}

    /// Writes what is said about these images.
    ///
    /// Annotations that a person rejected are left out. Boxes are cut at the edge of the image and lose nothing
    /// but the fraction of a location bin; a box thinner than a bin is made one bin wide, one outside of the image
    /// is left out and reported. Objects are listed from top to bottom, then from left to right.
    ///
    /// @throws ProblemException if a label cannot be written, an image lies outside of the images' folder or the
    ///     file cannot be written
    public static ExportReport write(List<AnnotatedImage> images, Path out, JsonlOptions options)
            throws ProblemException {
        var findings = new FindingList();
        var maker = ExampleMaker.of(images, options, findings);
        Path folder =
                options.imageFolder().isPresent()
                        ? options.imageFolder().get()
                        : ImagePaths.commonFolder(images);
        long[] count = {0};
        AtomicFiles.write(
                out,
                stream -> {
                    for (var image : images) {
                        String path = ImagePaths.relative(folder, image.image().file());
                        for (var example : maker.examples(image, path)) {
                            writeLine(stream, example, options.flavor());
                            count[0]++;
                        }
                    }
                });
        return new ExportReport(count[0], findings);
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
                                ExampleMaker.reasonToRefuse(
                                        flavor, example.prefix(), example.suffix());
                        if (reason.isPresent()) {
                            findings.error(example.image(), reason.get());
                            continue;
                        }
                        writeLine(stream, example, flavor);
                        count[0]++;
                    }
                });
        return new ExportReport(count[0], findings);
    }

    private static void writeLine(OutputStream stream, JsonlExample example, JsonlFlavor flavor)
            throws IOException {
        try (var json = JSON.createGenerator(stream)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.writeStartObject();
            json.writeStringField(flavor.imageKey(), example.image());
            json.writeStringField(
                    flavor.prefixKey(),
                    flavor.promptsEndInLineBreak() ? example.prefix() + "\n" : example.prefix());
            json.writeStringField(flavor.suffixKey(), example.suffix());
            json.writeEndObject();
        }
        stream.write('\n');
    }
}
