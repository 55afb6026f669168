package org.palimpsest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// One export while it is being written: what is to be written, where, and what was noticed.
///
/// Belongs to one thread.
public final class DatasetExport {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build();

    private final Dataset data;
    private final Path folder;
    private final ExportOptions options;
    private final Map<String, String> settings;
    private final ExportImages images;
    private final FindingList findings = new FindingList();
    private final Map<String, String> conventions = new LinkedHashMap<>();
    private final Progress progress;
    private long examples;

    /// @param data what is exported: images and annotations that were rejected are not in it
    /// @param folder where to write; exists and is empty
    /// @param target where the folder will be in the end
    DatasetExport(
            DatasetFormat format,
            Dataset data,
            Path folder,
            Path target,
            ExportOptions options,
            Progress progress)
            throws ProblemException {
        this.data = data;
        this.folder = folder;
        this.options = options;
        this.settings = Settings.resolve(format, options.settings());
        this.images = new ExportImages(folder, target, options.images());
        this.progress = progress;
    }

    public Dataset data() {
        return data;
    }

    /// Where to write.
    public Path folder() {
        return folder;
    }

    public ExportOptions options() {
        return options;
    }

    /// The value of one of the format's settings: what was chosen, or its default.
    ///
    /// @throws IllegalArgumentException if the format has no such setting
    public String setting(String name) {
        var value = settings.get(name);
        if (value == null) {
            throw new IllegalArgumentException("No setting " + name + " in " + settings);
        }
        return value;
    }

    Map<String, String> settings() {
        return settings;
    }

    public FindingList findings() {
        return findings;
    }

    /// Puts the image into a folder of the export under its own name, or another where that is taken. Asked again, gives
    /// the same place.
    ///
    /// @param folderInside from the export's folder, with forward slashes; empty for the folder itself
    public ExportedImage image(AnnotatedImage image, String folderInside) throws ProblemException {
        return image(image, folderInside, ExportImages.stem(image.image().file()));
    }

    /// As [#image(AnnotatedImage, String)], under a chosen name.
    ///
    /// @param stem the name without extension
    public ExportedImage image(AnnotatedImage image, String folderInside, String stem)
            throws ProblemException {
        return images.place(image.image(), folderInside, stem);
    }

    /// Where the images are that were put in their places so far.
    Map<ImageId, ExportedImage> placedImages() {
        return images.placed();
    }

    /// Hands over every image of the data set, with progress; stops with a [ProblemException] when cancelled.
    public void forEachImage(Dataset.ImageVisitor visitor) throws ProblemException {
        long[] done = {0};
        data.forEach(image -> {
            progress.throwIfCancelled("The export was cancelled");
            visitor.visit(image);
            done[0]++;
            progress.update(
                    new ProgressUpdate(
                            "Writing image " + done[0] + " of " + data.imageCount(),
                            (double) done[0] / data.imageCount()));
        });
    }

    /// Notes a convention for the manifest, such as `location_scale`: `1023`.
    public void convention(String name, String value) {
        conventions.put(name, value);
    }

    Map<String, String> conventions() {
        return conventions;
    }

    /// Counts what a reader of the format will call one entry: a line, an annotation, a task.
    public void countExample() {
        examples++;
    }

    long examples() {
        return examples;
    }

    /// A file of the export, buffered, for the caller to close; its folders are made.
    public OutputStream openFile(String path) throws ProblemException {
        Path file = folder.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /// A JSON file of the export, for the caller to close: UTF-8 without a byte order mark.
    public JsonGenerator openJson(String path) throws ProblemException {
        var stream = openFile(path);
        try {
            return JSON.createGenerator(stream);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /// What to throw where writing failed.
    public ProblemException cannotWrite(IOException e) {
        return new ProblemException(
                new Problem(
                        "The export cannot be written",
                        folder + ": " + e.getMessage(),
                        "Check that the disk has room and is writable"),
                e);
    }
}
