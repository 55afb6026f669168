package org.palimpsest.benchmark;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;

/// Makes a project of any size with annotations as a large data set has them: labels of very different frequency, boxes
/// of people and of a model, a caption for every image. There are no image files.
public final class SyntheticProject {
    static final String COMMON_LABEL = "car";
    static final String RARE_LABEL = "unicycle";
    static final int OBJECTS = 9;

    private static final Size SIZE = new Size(1920, 1080);
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final int SAVED_TOGETHER = 250;
    private static final int RARE = 5000;
    private static final List<String> LABELS =
            List.of(COMMON_LABEL, "person", "bicycle", "traffic light", "bus", "dog", "tram");
    private static final Provenance DRAWN = new Provenance.Drawn("ada", TIME);

    private final Path folder;
    private final Random random = new Random(1);

    private SyntheticProject(Path folder) {
        this.folder = folder;
    }

    /// Writes a project, and beside its images one with `crowd` objects, which comes last.
    ///
    /// @return the ids of an ordinary image and of the crowded one
    public static List<ImageId> write(Path file, int images, int crowd, Progress progress)
            throws ProblemException {
        var maker = new SyntheticProject(file.resolveSibling("images"));
        try (var project = Project.create(file, InstantSource.fixed(TIME))) {
            var step = project.beginStep("add images");
            var waiting = new ArrayList<AddImage>();
            ImageId ordinary = ImageId.random();
            for (int i = 0; i < images; i++) {
                var image = maker.image(i, OBJECTS);
                if (i == images / 2) {
                    ordinary = image.image().id();
                }
                waiting.add(new AddImage(image));
                if (waiting.size() == SAVED_TOGETHER) {
                    progress.throwIfCancelled("The measurement was cancelled");
                    progress.update(new ProgressUpdate("Making image " + i, (double) i / images));
                    step.add(waiting);
                    waiting.clear();
                }
            }
            var crowded = maker.image(images, crowd);
            waiting.add(new AddImage(crowded));
            step.add(waiting);
            step.end();
            return List.of(ordinary, crowded.image().id());
        }
    }

    private AnnotatedImage image(int number, int objects) {
        var entry =
                new ImageEntry(
                        ImageId.random(),
                        folder.resolve(
                                "district-%02d/Street_%06d.jpg".formatted(number % 40, number)),
                        SIZE,
                        new ImageFacts(
                                "%064x".formatted(number),
                                OptionalLong.of(random.nextLong()),
                                1,
                                Optional.empty(),
                                400_000 + number));
        var annotations = new ArrayList<Annotation>();
        for (int i = 0; i < objects; i++) {
            annotations.add(object(number, i));
        }
        annotations.add(
                TextAnnotation.of(
                        "caption en",
                        "a photo of a %s beside a %s, number %d%s"
                                .formatted(
                                        LABELS.get(random.nextInt(LABELS.size())),
                                        LABELS.get(random.nextInt(LABELS.size())),
                                        number,
                                        number % RARE == 2 ? " and a purple giraffe" : ""),
                        predicted("caption en", OptionalDouble.empty())));
        return new AnnotatedImage(entry, details(number), annotations);
    }

    private static ImageDetails details(int number) {
        return new ImageDetails(
                ImageState.values()[number % 4],
                Split.values()[number % 10 < 7 ? 1 : 2 + number % 2],
                number % 10 == 3 ? Set.of("night", "wet") : Set.of(),
                number % RARE == 4 ? "look again" : "",
                number % 20 == 5 ? Map.of(RARE_LABEL, LabelCheck.ABSENT) : Map.of());
    }

    private ObjectAnnotation object(int image, int number) {
        double x = random.nextDouble() * 1800;
        double y = random.nextDouble() * 1000;
        var box =
                new Box(
                        x,
                        y,
                        x + 20 + random.nextDouble() * 100,
                        y + 20 + random.nextDouble() * 60);
        // The second label is half as common as the first, and so on.
        int rank = Math.min(LABELS.size() - 1, Integer.numberOfTrailingZeros(random.nextInt()));
        String label = image % RARE == 7 && number == 0 ? RARE_LABEL : LABELS.get(rank);
        if (number % 2 == 0) {
            return ObjectAnnotation.of(label, box, DRAWN);
        }
        var proposed =
                ObjectAnnotation.of(
                        label,
                        box,
                        predicted("detect " + label, OptionalDouble.of(random.nextDouble())));
        return switch (random.nextInt(6)) {
            case 0 -> proposed.withReview(ReviewState.ACCEPTED);
            case 1 -> proposed.correctRegion(new Box(x, y, x + 10, y + 10), "ada", TIME);
            default -> proposed;
        };
    }

    private static Provenance predicted(String prompt, OptionalDouble score) {
        return new Provenance.Predicted("paligemma-3b-mix-448", prompt, score, TIME, "a1b2", "");
    }
}
