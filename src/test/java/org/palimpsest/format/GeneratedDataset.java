package org.palimpsest.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;

/// Data sets made at random, with real image files, that hold just the kinds of content that are asked for.
public final class GeneratedDataset {
    public static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
    private static final List<String> LABELS = List.of("cat", "small dog", "Übung 猫", "t-shirt");
    private static final Provenance DRAWN = new Provenance.Drawn("ada", NOW);

    private final Random random;
    private final Path folder;
    private final Set<Content> contents;

    private GeneratedDataset(long seed, Path folder, Set<Content> contents) {
        this.random = new Random(seed);
        this.folder = folder;
        this.contents = contents;
    }

    /// A data set of a few images in the folder.
    ///
    /// @param contents only these are in it; coordinates are multiples of 1/4, boxes are not empty
    public static Dataset make(long seed, Path folder, Set<Content> contents) throws Exception {
        return new GeneratedDataset(
                        seed,
                        folder,
                        contents.isEmpty()
                                ? EnumSet.noneOf(Content.class)
                                : EnumSet.copyOf(contents))
                .make();
    }

    private Dataset make() throws Exception {
        Files.createDirectories(folder);
        var images = new ArrayList<AnnotatedImage>();
        int count = 3 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            var size = new Size(20 + random.nextInt(60), 20 + random.nextInt(60));
            String name = List.of("a", "übung 猫 2", "b c", "d_e", "Z", "photo10", "photo9").get(i);
            Path file = folder.resolve(name + ".png");
            ImageFiles.writePng(picture(size), file);
            var facts =
                    new ImageFacts("", OptionalLong.empty(), 1, Optional.empty(), Files.size(file));
            var entry = new ImageEntry(ImageId.random(), file, size, facts);
            boolean empty = has(Content.EMPTY_IMAGES) && i == 1;
            images.add(new AnnotatedImage(entry, details(), empty ? List.of() : annotations(size)));
        }
        return Dataset.of(LabelSet.ofNames(LABELS), images);
    }

    private boolean has(Content content) {
        return contents.contains(content);
    }

    private Picture picture(Size size) {
        byte[] rgb = new byte[3 * size.width() * size.height()];
        random.nextBytes(rgb);
        return new Picture(size.width(), size.height(), rgb);
    }

    private ImageDetails details() {
        var details = ImageDetails.NEW;
        if (has(Content.SPLITS)) {
            details = details.withSplit(Split.values()[1 + random.nextInt(3)]);
        }
        if (has(Content.TAGS_AND_NOTES)) {
            details = details.withTags(Set.of("night", "wet road")).withNotes("look again");
        }
        if (has(Content.IMAGE_STATES)) {
            details = details.withState(ImageState.DONE);
        }
        if (has(Content.LABEL_CHECKS)) {
            details =
                    details.withLabelChecks(
                            Map.of("cat", LabelCheck.ABSENT, "t-shirt", LabelCheck.NOT_EXHAUSTIVE));
        }
        return details;
    }

    private List<Annotation> annotations(Size size) {
        var all = new ArrayList<Annotation>();
        var kinds = new ArrayList<Content>(contents);
        kinds.retainAll(
                EnumSet.of(
                        Content.BOXES,
                        Content.POLYGONS,
                        Content.HOLES,
                        Content.SEVERAL_PARTS,
                        Content.MASKS));
        for (int i = 0; !kinds.isEmpty() && i < 1 + random.nextInt(5); i++) {
            var label = LABELS.get(random.nextInt(LABELS.size()));
            var region = region(kinds.get(random.nextInt(kinds.size())), size);
            var object = ObjectAnnotation.of(label, region, provenance());
            if (has(Content.CROWDS) && region instanceof Mask) {
                object = object.withCrowd(random.nextBoolean());
            }
            if (has(Content.ATTRIBUTES)) {
                object =
                        object.withAttributes(Map.of("occluded", "true", "colour", "red & <blue>"));
            }
            all.add(object);
        }
        if (has(Content.CAPTIONS)) {
            all.add(TextAnnotation.of("caption en", "a cat on a mat", DRAWN));
            all.add(TextAnnotation.of("caption en", "the \"cat\" ; sits,\tstill 猫", DRAWN));
        }
        if (has(Content.QUESTIONS)) {
            all.add(TextAnnotation.of("answer en where is the cow?", "here", DRAWN));
            all.add(TextAnnotation.of("answer en where is the cow?", "left", DRAWN));
        }
        if (has(Content.OTHER_TEXTS)) {
            all.add(TextAnnotation.of("ocr", "STOP 4,5", DRAWN));
        }
        return all;
    }

    private Provenance provenance() {
        return has(Content.SCORES)
                ? new Provenance.Imported(
                        "made", "up", OptionalDouble.of(random.nextInt(1, 100) / 100.0))
                : DRAWN;
    }

    private Region region(Content kind, Size size) {
        double x = random.nextInt(4 * (size.width() - 12)) / 4.0;
        double y = random.nextInt(4 * (size.height() - 12)) / 4.0;
        double w = 8 + random.nextInt(16) / 4.0;
        double h = 8 + random.nextInt(16) / 4.0;
        return switch (kind) {
            case POLYGONS -> triangle(x, y, w, h);
            case HOLES ->
                    new Polygon(rectangle(x, y, w, h), List.of(rectangle(x + 2, y + 2, 3, 3)));
            case SEVERAL_PARTS ->
                    new MultiPolygon(
                            List.of(
                                    triangle(x, y, w / 2, h / 2),
                                    triangle(x + w / 2, y + h / 2, w / 2, h / 2)));
            case MASKS -> {
                int left = (int) x;
                int top = (int) y;
                yield Mask.of(
                        size.width(),
                        size.height(),
                        (px, py) ->
                                px >= left
                                        && px < left + 8
                                        && py >= top
                                        && py < top + 6
                                        && !(px == left + 3 && py == top + 2)
                                        && (px - left) * (py - top) % 5 != 4);
            }
            default -> new Box(x, y, x + w, y + h);
        };
    }

    private static Polygon triangle(double x, double y, double w, double h) {
        return new Polygon(
                List.of(new Point(x, y), new Point(x + w, y + h / 4), new Point(x + w / 4, y + h)));
    }

    private static List<Point> rectangle(double x, double y, double w, double h) {
        return List.of(
                new Point(x, y), new Point(x + w, y), new Point(x + w, y + h), new Point(x, y + h));
    }
}
