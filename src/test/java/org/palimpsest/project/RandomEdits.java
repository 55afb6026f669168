package org.palimpsest.project;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.PhraseLink;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.EditGroup;
import org.palimpsest.dataset.edit.PlacedAnnotation;
import org.palimpsest.dataset.edit.RelabelObjects;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.RemoveImage;
import org.palimpsest.dataset.edit.RenameLabel;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Makes edits of every kind at random, and keeps what the project should be after each.
final class RandomEdits {
    static final Instant NOW = Instant.parse("2026-05-04T12:00:00.123456789Z");
    private static final List<String> LABELS = List.of("cat", "small dog", "猫");
    private final Random random;
    private final Path folder;
    private final Map<ImageId, AnnotatedImage> images = new LinkedHashMap<>();
    private int made;

    RandomEdits(long seed, Path folder) {
        this.random = new Random(seed);
        this.folder = folder;
    }

    /// What the project should hold now.
    List<AnnotatedImage> images() {
        return List.copyOf(images.values());
    }

    /// An edit that adds annotations to some image.
    AddAnnotations addition() {
        var edit = add(anyImage());
        keep(edit);
        return edit;
    }

    Edit next() {
        var edit =
                images.size() < 2 || random.nextInt(12 + images.size() * 2) == 0
                        ? new AddImage(newImage())
                        : random.nextInt(30) == 0
                                ? renaming()
                                : random.nextInt(6) == 0 ? group() : single(anyImage());
        keep(edit);
        return edit;
    }

    private Edit group() {
        var edits = new ArrayList<Edit>();
        for (var image : images.values()) {
            if (random.nextBoolean() && !(edits.size() > 4)) {
                var edit = single(image);
                if (!(edit instanceof RemoveImage)) {
                    edits.add(edit);
                }
            }
        }
        return edits.isEmpty() ? single(anyImage()) : new EditGroup("several", edits);
    }

    /// Gives a label that an object has a name that was never there, or adds an object.
    private Edit renaming() {
        var image = anyImage();
        return image.objects().isEmpty()
                ? add(image)
                : new RenameLabel(image.objects().getFirst().label(), "renamed " + made++);
    }

    /// Counts on an edit from elsewhere.
    void keep(Edit edit) {
        switch (edit) {
            case EditGroup(_, var all) -> all.forEach(this::keep);
            case AddImage(var image) -> images.put(image.image().id(), image);
            case RemoveImage(var image) -> images.remove(image.image().id());
            case RenameLabel rename -> images.replaceAll((_, image) -> rename.applyTo(image));
            default ->
                    images.replaceAll((id, image) ->
                            edit.images().contains(id) ? edit.applyTo(image) : image);
        }
    }

    private AnnotatedImage anyImage() {
        return List.copyOf(images.values()).get(random.nextInt(images.size()));
    }

    private AnnotatedImage newImage() {
        var size = new Size(10 + random.nextInt(50), 10 + random.nextInt(50));
        var facts =
                new ImageFacts(
                        "%064x".formatted(made),
                        random.nextBoolean()
                                ? OptionalLong.of(random.nextLong())
                                : OptionalLong.empty(),
                        1 + random.nextInt(8),
                        random.nextBoolean()
                                ? Optional.of(LocalDateTime.of(2026, 1, 2, 3, 4))
                                : Optional.empty(),
                        random.nextInt(1000));
        var entry =
                new ImageEntry(
                        new ImageId(uuid()), folder.resolve("i" + made++ + ".png"), size, facts);
        var image = new AnnotatedImage(entry, details(), List.of());
        var annotations = new ArrayList<Annotation>();
        for (int i = random.nextInt(3); i > 0; i--) {
            annotations.add(annotation(size, List.of()));
        }
        return image.withAnnotations(annotations);
    }

    private Edit single(AnnotatedImage image) {
        var all = image.annotations();
        // Images neither grow nor shrink in the long run.
        int kind = all.size() > 30 ? 40 + random.nextInt(15) : random.nextInt(100);
        if (kind < 40 || all.isEmpty()) {
            return add(image);
        }
        if (kind < 55) {
            var ids =
                    all.stream()
                            .filter(_ -> random.nextInt(3) == 0)
                            .map(Annotation::id)
                            .collect(Collectors.toSet());
            return ids.isEmpty() ? add(image) : RemoveAnnotations.from(image, ids);
        }
        if (kind < 75) {
            return ReplaceAnnotation.in(image, changed(all.get(random.nextInt(all.size()))));
        }
        if (kind < 90) {
            return ReplaceDetails.of(image, details());
        }
        if (kind < 98) {
            var cats = new HashSet<AnnotationId>();
            image.objects().stream()
                    .filter(object -> object.label().equals("cat"))
                    .forEach(object -> cats.add(object.id()));
            return cats.isEmpty()
                    ? add(image)
                    : new RelabelObjects(image.image().id(), cats, "cat", "small dog");
        }
        return new RemoveImage(image);
    }

    private AddAnnotations add(AnnotatedImage image) {
        var placed = new ArrayList<PlacedAnnotation>();
        int count = image.annotations().size();
        int index = random.nextInt(count + 1);
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            placed.add(
                    new PlacedAnnotation(
                            index + i, annotation(image.image().size(), image.objects())));
        }
        return new AddAnnotations(image.image().id(), placed);
    }

    private Annotation changed(Annotation annotation) {
        if (random.nextInt(3) == 0) {
            return annotation.withReview(ReviewState.values()[random.nextInt(3)]);
        }
        return switch (annotation) {
            case ObjectAnnotation object ->
                    random.nextBoolean()
                            ? object.correctRegion(region(new Size(40, 40)), "grace", NOW)
                            : object.correctLabel("猫", "ada", NOW.plusNanos(1));
            case TextAnnotation text -> text.correctText(text.text() + " more", "grace", NOW);
        };
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private ImageDetails details() {
        return new ImageDetails(
                ImageState.values()[random.nextInt(ImageState.values().length)],
                Split.values()[random.nextInt(4)],
                random.nextBoolean() ? Set.of("night", "wet") : Set.of(),
                random.nextBoolean() ? "look \"again\"" : "",
                random.nextBoolean() ? Map.of("cat", LabelCheck.ABSENT) : Map.of());
    }

    private Annotation annotation(Size size, List<ObjectAnnotation> others) {
        if (random.nextInt(3) == 0) {
            var text =
                    new TextAnnotation(
                            new AnnotationId(uuid()),
                            "caption en",
                            "a cat on a mat " + made++,
                            provenance(),
                            ReviewState.UNREVIEWED);
            return others.isEmpty()
                    ? text
                    : text.withLinks(List.of(new PhraseLink(2, 5, others.getFirst().id())));
        }
        var object =
                new ObjectAnnotation(
                        new AnnotationId(uuid()),
                        LABELS.get(random.nextInt(LABELS.size())),
                        region(size),
                        provenance(),
                        ReviewState.UNREVIEWED);
        return random.nextInt(4) == 0
                ? object.withCrowd(true).withAttributes(Map.of("occluded", "yes", "a", ""))
                : object;
    }

    private Provenance provenance() {
        return switch (random.nextInt(4)) {
            case 0 -> new Provenance.Drawn("ada", NOW.plusSeconds(made));
            case 1 -> new Provenance.Imported("COCO", "a.json", OptionalDouble.of(0.25));
            case 2 -> new Provenance.Imported("COCO", "a.json");
            default ->
                    new Provenance.Predicted(
                            "toy",
                            "detect cat",
                            random.nextBoolean()
                                    ? OptionalDouble.of(random.nextDouble())
                                    : OptionalDouble.empty(),
                            NOW,
                            "abc",
                            "temperature=1 seed=2");
        };
    }

    private Region region(Size size) {
        double x = random.nextDouble() * size.width() / 2;
        double y = random.nextDouble() * size.height() / 2;
        var triangle =
                new Polygon(List.of(new Point(x, y), new Point(x + 3, y), new Point(x, y + 3)));
        return switch (random.nextInt(5)) {
            case 0 -> new Box(x, y, x + random.nextDouble() * 5, y + 1);
            case 1 -> triangle;
            case 2 ->
                    new Polygon(
                            List.of(
                                    new Point(0, 0),
                                    new Point(9, 0),
                                    new Point(9, 9),
                                    new Point(0, 9)),
                            List.of(List.of(new Point(2, 2), new Point(4, 2), new Point(2, 4))));
            case 3 -> new MultiPolygon(List.of(triangle, triangle.translate(4, 4)));
            default -> {
                long bits = random.nextLong();
                yield Mask.of(
                        size.width(),
                        size.height(),
                        (px, py) -> (bits >>> ((px * 7 + py * 13) & 63) & 1) == 1);
            }
        };
    }
}
