package org.palimpsest.training.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.Picture;
import org.palimpsest.paligemma.prompt.DetectedObject;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.paligemma.prompt.OutputFormatter;
import org.palimpsest.paligemma.prompt.OutputParser;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.Task;

/// Varies a picture together with what is said about it, so that the answer stays true.
///
/// A picture is mirrored or cropped only where the prompt is a `detect` whose answer has boxes only, is written as
/// [OutputFormatter] writes it, and no text names a side. Boxes move with their pixels; one of which less than a third
/// stays visible is dropped, and a crop that would drop all of them does not happen. Objects stay in the order of their
/// position or area if they were in it. Colours change for every task.
///
/// Immutable and thread-safe: what happens follows from the seed.
public final class Augmentation {
    private static final double LEAST_VISIBLE = 1 / 3.0;

    private static final Comparator<DetectedObject> BY_POSITION =
            Comparator.<DetectedObject>comparingInt(object -> object.box().yMin())
                    .thenComparingInt(object -> object.box().xMin());
    private static final Comparator<DetectedObject> BY_AREA =
            Comparator.<DetectedObject>comparingInt(object -> area(object.box())).reversed();

    private final AugmentationOptions options;

    public Augmentation(AugmentationOptions options) {
        this.options = options;
    }

    /// @param example the same, or with another answer
    public record Augmented(Picture picture, Example example) {}

    /// @param seed such as [BatchPlan#seedOf] gives
    public Augmented apply(Picture picture, Example example, long seed) {
        if (options.isNone()) {
            return new Augmented(picture, example);
        }
        // What one option draws does not depend on the others.
        SplittableRandom flip = Seeds.random(seed, 0);
        SplittableRandom crop = Seeds.random(seed, 1);
        SplittableRandom color = Seeds.random(seed, 2);
        Optional<List<DetectedObject>> movable = movable(example);
        Picture changed = picture;
        String answer = example.suffix();
        if (movable.isPresent()) {
            List<DetectedObject> objects = movable.get();
            Optional<Comparator<DetectedObject>> order = order(objects);
            if (options.flip() && flip.nextBoolean()) {
                changed = PictureChanges.mirrored(changed);
                objects = objects.stream().map(Augmentation::mirrored).toList();
            }
            var area = cropArea(changed.size(), crop);
            Optional<List<DetectedObject>> left = within(area, changed.size(), objects);
            if (left.isPresent()) {
                objects = left.get();
                changed =
                        PictureChanges.cut(
                                changed,
                                (int) area.xMin(),
                                (int) area.yMin(),
                                (int) area.width(),
                                (int) area.height());
            }
            answer = OutputFormatter.detections(sorted(objects, order));
        }
        if (options.color() > 0) {
            changed =
                    PictureChanges.recolored(changed, factor(color), factor(color), factor(color));
        }
        return new Augmented(changed, new Example(example.image(), example.prefix(), answer));
    }

    /// The objects of an answer that stays true when its boxes move along.
    private Optional<List<DetectedObject>> movable(Example example) {
        if ((!options.flip() && options.crop() == 0)
                || !(Task.parse(example.prefix()) instanceof Task.Detect task)
                || SideWords.occurIn(example.prefix())
                || SideWords.occurIn(example.suffix())) {
            return Optional.empty();
        }
        return OutputParser.parse(task, example.suffix())
                                instanceof ParsedOutput.DetectedObjects(var objects)
                        && OutputFormatter.detections(objects).equals(example.suffix())
                ? Optional.of(objects)
                : Optional.empty();
    }

    private static DetectedObject mirrored(DetectedObject object) {
        NormalizedBox box = object.box();
        return new DetectedObject(
                object.name(),
                new NormalizedBox(
                        box.yMin(),
                        NormalizedBox.SCALE - box.xMax(),
                        box.yMax(),
                        NormalizedBox.SCALE - box.xMin()));
    }

    /// In whole pixels.
    private Box cropArea(Size size, SplittableRandom random) {
        int width = kept(size.width(), random);
        int height = kept(size.height(), random);
        int left = random.nextInt(size.width() - width + 1);
        int top = random.nextInt(size.height() - height + 1);
        return new Box(left, top, left + width, top + height);
    }

    private int kept(int side, SplittableRandom random) {
        return Math.max(1, (int) Math.ceil(side * (1 - options.crop() * random.nextDouble())));
    }

    /// The objects as the cropped picture shows them; empty where the picture had better stay whole.
    private static Optional<List<DetectedObject>> within(
            Box area, Size size, List<DetectedObject> objects) {
        if (area.equals(size.toBox())) {
            return Optional.empty();
        }
        var left = new ArrayList<DetectedObject>();
        for (DetectedObject object : objects) {
            NormalizedBox bins = object.box();
            var box =
                    new Box(
                            bins.xMinFraction() * size.width(),
                            bins.yMinFraction() * size.height(),
                            bins.xMaxFraction() * size.width(),
                            bins.yMaxFraction() * size.height());
            box.intersection(area)
                    .filter(visible -> visible.area() >= LEAST_VISIBLE * box.area())
                    .map(visible -> visible.translate(-area.xMin(), -area.yMin()))
                    .map(visible -> visible.scale(1 / area.width(), 1 / area.height()))
                    .ifPresent(part ->
                            left.add(
                                    new DetectedObject(
                                            object.name(),
                                            NormalizedBox.ofFractions(
                                                    part.yMin(),
                                                    part.xMin(),
                                                    part.yMax(),
                                                    part.xMax()))));
        }
        return left.isEmpty() && !objects.isEmpty() ? Optional.empty() : Optional.of(left);
    }

    private static Optional<Comparator<DetectedObject>> order(List<DetectedObject> objects) {
        for (var order : List.of(BY_POSITION, BY_AREA)) {
            if (sorted(objects, Optional.of(order)).equals(objects)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    private static List<DetectedObject> sorted(
            List<DetectedObject> objects, Optional<Comparator<DetectedObject>> order) {
        return order.map(wanted -> objects.stream().sorted(wanted).toList()).orElse(objects);
    }

    private static int area(NormalizedBox box) {
        return (box.yMax() - box.yMin()) * (box.xMax() - box.xMin());
    }

    private float factor(SplittableRandom random) {
        return (float) (1 + options.color() * (2 * random.nextDouble() - 1));
    }
}
