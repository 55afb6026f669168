package org.palimpsest.ui.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.DatasetSink;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.imaging.ContentHash;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;

/// Reads all of a data set and changes nothing, to tell what its import would bring.
final class DryRun implements DatasetSink {
    private static final int MOST_ROWS = 12;
    private static final int MOST_LABELS = 2_000;
    private static final int MOST_FINDINGS = 200;

    /// So many unknown images are compared by their contents; that takes as long as reading their files.
    private static final int MOST_COMPARED = 2_000;

    private final Project project;
    private final LabelSet present;
    private final Map<Path, ImageEntry> images = new HashMap<>();
    private final Map<ImageId, String> names = new HashMap<>();
    private final Map<String, Long> labels = new LinkedHashMap<>();
    private final List<String> rows = new ArrayList<>();
    private long known;
    private long added;
    private long compared;
    private long objects;
    private long texts;

    private DryRun(Project project, LabelSet present) {
        this.project = project;
        this.present = present;
    }

    /// @param project is only read
    /// @throws ProblemException if the data set as a whole cannot be read, or it was cancelled
    static ImportPreview of(
            DatasetFormat format,
            Project project,
            Path source,
            ImportOptions options,
            Progress progress)
            throws ProblemException {
        var run = new DryRun(project, project.labels());
        var data = new DatasetImport(source, options, run, progress);
        ImportRun.reader(format, source).read(data);
        data.throwIfCancelled();
        var report = data.report();
        var shown =
                ImportRun.located(report.findings(), source).stream().limit(MOST_FINDINGS).toList();
        return new ImportPreview(
                run.known,
                run.added,
                data.missingImages(),
                run.objects,
                run.texts,
                run.labels.entrySet().stream()
                        .map(entry -> run.label(entry.getKey(), entry.getValue()))
                        .toList(),
                run.rows,
                shown,
                report.findings().size() - shown.size() + report.moreFindings());
    }

    private ImportPreview.LabelCount label(String name, long count) {
        if (present.find(name).isPresent()) {
            return new ImportPreview.LabelCount(name, count, name, false);
        }
        return present.labels().stream()
                .filter(label -> label.aliases().contains(name))
                .findFirst()
                .map(label -> new ImportPreview.LabelCount(name, count, label.name(), false))
                .orElse(new ImportPreview.LabelCount(name, count, name, true));
    }

    @Override
    public ImageEntry image(Path file) throws ProblemException {
        var place = file.toAbsolutePath().normalize();
        var seen = images.get(place);
        if (seen != null) {
            return seen;
        }
        var id = project.find(place, "");
        if (id.isEmpty() && compared < MOST_COMPARED) {
            compared++;
            id = project.find(place, ContentHash.of(place));
        }
        Optional<ImageEntry> there =
                id.isPresent()
                        ? project.image(id.get()).map(image -> image.image())
                        : Optional.empty();
        if (there.isPresent()) {
            known++;
        } else {
            added++;
        }
        var entry = there.isPresent() ? there.get() : entry(place);
        images.put(place, entry);
        names.put(entry.id(), String.valueOf(place.getFileName()));
        return entry;
    }

    private static ImageEntry entry(Path file) throws ProblemException {
        var seen = ImageFiles.inspectHeader(file);
        return new ImageEntry(
                ImageId.random(),
                file,
                seen.size(),
                new ImageFacts(
                        seen.contentHash(),
                        seen.perceptualHash(),
                        seen.orientation().exifValue(),
                        seen.captured(),
                        seen.bytes()));
    }

    @Override
    public void details(ImageId image, ImageDetails details) {
        // What is said of an image as a whole is not counted.
    }

    @Override
    public void annotations(ImageId image, List<? extends Annotation> annotations) {
        for (var annotation : annotations) {
            var name = names.getOrDefault(image, "");
            switch (annotation) {
                case ObjectAnnotation object -> {
                    objects++;
                    count(object.label(), 1);
                    var box = object.region().bounds();
                    row(
                            "%s  %s  %.0f, %.0f – %.0f, %.0f"
                                    .formatted(
                                            name,
                                            object.label(),
                                            box.xMin(),
                                            box.yMin(),
                                            box.xMax(),
                                            box.yMax()));
                }
                case TextAnnotation text -> {
                    texts++;
                    row(name + "  " + text.prompt() + " → " + text.text());
                }
            }
        }
    }

    private void row(String words) {
        if (rows.size() < MOST_ROWS) {
            rows.add(words);
        }
    }

    private void count(String label, long more) {
        if (labels.containsKey(label) || labels.size() < MOST_LABELS) {
            labels.merge(label, more, Long::sum);
        }
    }

    @Override
    public void label(Label label) {
        count(label.name(), 0);
    }
}
