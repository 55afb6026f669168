package org.palimpsest.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.PlacedAnnotation;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ImagePage;
import org.palimpsest.project.Project;

/// Measures how a large project behaves: opening it, finding images in it, editing it and reading all of it.
public final class ProjectBenchmark {
    private static final int PAGE = 200;
    private static final int CROWD = 10_000;
    private static final int FILTER_REPEATS = 5;
    private static final int EDIT_REPEATS = 500;
    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06Z");
    private static final Provenance DRAWN = new Provenance.Drawn("grace", TIME);

    /// One or several of each kind, common and rare.
    private static final List<String> FILTERS =
            List.of(
                    "",
                    "label:" + SyntheticProject.COMMON_LABEL,
                    "label:tram",
                    "label:" + SyntheticProject.RARE_LABEL,
                    "absent:" + SyntheticProject.RARE_LABEL,
                    "tag:night",
                    "state:done",
                    "split:train",
                    "score<0.05",
                    "score>0.5",
                    "score>0.9999",
                    "text:\"a photo of\"",
                    "text:\"purple giraffe\"",
                    "giraffe",
                    "name:001234",
                    "name:District-07",
                    "objects>=9",
                    "objects>100",
                    "texts=0",
                    "review:unreviewed",
                    "review:accepted",
                    "origin:corrected",
                    "origin:imported",
                    "model:paligemma-3b-mix-448",
                    "label:car -tag:night (split:train or state:done) score<0.5",
                    "not label:car",
                    "label:dog label:tram review:accepted",
                    "label:nothing");

    private final Path file;
    private final int images;
    private final Progress progress;

    private ProjectBenchmark(Path file, int images, Progress progress) {
        this.file = file;
        this.images = images;
        this.progress = progress;
    }

    /// How long something took, in milliseconds.
    ///
    /// @param high the longest time, or the 99th percentile where there are a hundred times or more
    /// @param count how many images the filter means; -1 for what is no filter
    public record Timing(String name, double median, double high, long count) {}

    /// Everything that was measured.
    ///
    /// @param open to the first page and the number of images, with a connection that was just opened
    /// @param filters to the first page and the number of images
    /// @param heapBytes what reading all images needed of the heap at most
    public record Report(
            int images,
            long annotations,
            double createSeconds,
            long fileBytes,
            Timing open,
            List<Timing> filters,
            List<Timing> edits,
            double imagesPerSecond,
            long heapBytes) {
        public Report {
            filters = List.copyOf(filters);
            edits = List.copyOf(edits);
        }
    }

    /// Makes a project in a folder, and measures it.
    ///
    /// @param images how many it has, with ten annotations each
    public static Report run(Path folder, int images, Progress progress) throws ProblemException {
        return new ProjectBenchmark(folder.resolve("large.palimpsest"), images, progress).run();
    }

    private Report run() throws ProblemException {
        long start = System.nanoTime();
        var two = SyntheticProject.write(file, images, CROWD, progress);
        double createSeconds = (System.nanoTime() - start) / 1e9;
        long bytes = fileBytes();
        var open = open();
        try (var project = Project.open(file, InstantSource.fixed(TIME))) {
            var filters = new ArrayList<Timing>();
            for (var filter : FILTERS) {
                progress.throwIfCancelled("The measurement was cancelled");
                progress.message("Filter " + filter);
                filters.add(filter(project, filter));
            }
            var edits = new ArrayList<Timing>();
            edits.addAll(edits(project, two.getFirst(), SyntheticProject.OBJECTS + 1));
            edits.addAll(edits(project, two.getLast(), CROWD + 1));
            progress.message("Reading all images");
            resetPeak();
            long before = System.nanoTime();
            long[] annotations = {0};
            project.dataset(ImageFilter.ALL)
                    .forEach(image -> annotations[0] += image.annotations().size());
            double seconds = (System.nanoTime() - before) / 1e9;
            return new Report(
                    images,
                    annotations[0],
                    createSeconds,
                    bytes,
                    open,
                    filters,
                    edits,
                    images / seconds,
                    peak());
        }
    }

    private Timing open() throws ProblemException {
        double[] times = new double[FILTER_REPEATS];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            try (var project = Project.open(file, InstantSource.fixed(TIME))) {
                project.page(ImageFilter.ALL, ImagePage.START, PAGE);
                project.count(ImageFilter.ALL);
                times[i] = milliseconds(start);
            }
        }
        return timing("open, first page and count", times, images + 1);
    }

    private static Timing filter(Project project, String text) throws ProblemException {
        double[] times = new double[FILTER_REPEATS];
        long count = 0;
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            var filter = ImageFilter.parse(text);
            project.page(filter, ImagePage.START, PAGE);
            count = project.count(filter);
            times[i] = milliseconds(start);
        }
        return timing(text.isEmpty() ? "(all)" : text, times, count);
    }

    /// Adds a box, moves it and deletes it, each as one step.
    private List<Timing> edits(Project project, ImageId image, int annotations)
            throws ProblemException {
        double[][] times = new double[4][EDIT_REPEATS];
        for (int i = 0; i < EDIT_REPEATS; i++) {
            progress.throwIfCancelled("The measurement was cancelled");
            progress.message("Edit " + i);
            var box = ObjectAnnotation.of("car", new Box(i, i, i + 10, i + 20), DRAWN);
            var moved = box.correctRegion(new Box(i, i, i + 30, i + 30), "grace", TIME);
            times[0][i] = apply(project, new AddAnnotations(image, placed(annotations, box)));
            times[1][i] = apply(project, new ReplaceAnnotation(image, box, moved));
            times[2][i] = apply(project, new RemoveAnnotations(image, placed(annotations, moved)));
            long start = System.nanoTime();
            project.undo();
            times[3][i] = milliseconds(start);
            project.redo();
        }
        String where = " in an image with " + annotations;
        return List.of(
                timing("add a box" + where, times[0], -1),
                timing("move it" + where, times[1], -1),
                timing("delete it" + where, times[2], -1),
                timing("undo that" + where, times[3], -1));
    }

    private static List<PlacedAnnotation> placed(int index, ObjectAnnotation object) {
        return List.of(new PlacedAnnotation(index, object));
    }

    private static double apply(Project project, Edit edit) throws ProblemException {
        long start = System.nanoTime();
        project.apply(edit);
        return milliseconds(start);
    }

    private static double milliseconds(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static Timing timing(String name, double[] times, long count) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        int high = sorted.length < 100 ? sorted.length - 1 : sorted.length * 99 / 100;
        return new Timing(name, sorted[sorted.length / 2], sorted[high], count);
    }

    private long fileBytes() throws ProblemException {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("The project cannot be read", file + ": " + e.getMessage(), ""), e);
        }
    }

    private static void resetPeak() {
        for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
            pool.resetPeakUsage();
        }
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
