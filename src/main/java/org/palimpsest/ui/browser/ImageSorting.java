package org.palimpsest.ui.browser;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.palimpsest.batch.ReviewRanking;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.imaging.NaturalOrder;
import org.palimpsest.imaging.PerceptualHash;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ImageOrders;
import org.palimpsest.project.ImagePage;
import org.palimpsest.project.Project;
import org.palimpsest.ui.support.ImageOrder;
import org.palimpsest.ui.support.ImageSorter;

/// Sorts images by name, time, doubt, disagreement or likeness. Images of which that is not known come last, and equal
/// ones stay in the order in which they came.
///
/// Thread-safe: has no state.
public final class ImageSorting implements ImageSorter {
    private static final double UNKNOWN = Double.POSITIVE_INFINITY;

    /// An image with what it is sorted by.
    private record Keyed<K>(ImagePage.Line line, K key) {}

    @Override
    public List<ImagePage.Line> sort(
            Project project,
            List<ImagePage.Line> images,
            ImageOrder order,
            Optional<ImageId> like,
            Progress progress)
            throws ProblemException {
        return switch (order) {
            case ADDED -> images;
            case NAME ->
                    sorted(
                            images,
                            line -> String.valueOf(line.image().file().getFileName()),
                            NaturalOrder::compare);
            case DATE ->
                    sorted(
                            images,
                            line -> line.image().facts().captured().orElse(LocalDateTime.MAX),
                            Comparator.<LocalDateTime>naturalOrder());
            // The least sure first: by the lowest score.
            case UNCERTAINTY -> sorted(images, ImageOrders.lowestScores(project), 1);
            // The most disputed first.
            case DISAGREEMENT ->
                    sorted(
                            images,
                            ReviewRanking.disagreements(project, ImageFilter.ALL, progress),
                            -1);
            case SIMILARITY -> byLikeness(project, images, like);
        };
    }

    private static List<ImagePage.Line> byLikeness(
            Project project, List<ImagePage.Line> images, Optional<ImageId> like)
            throws ProblemException {
        var shown = like.isPresent() ? project.image(like.get()) : Optional.<AnnotatedImage>empty();
        if (shown.isEmpty() || shown.get().image().facts().perceptualHash().isEmpty()) {
            return images;
        }
        var id = shown.get().image().id();
        var hash = shown.get().image().facts().perceptualHash();
        long wanted = hash.getAsLong();
        return sorted(
                images,
                line -> {
                    var facts = line.image().facts();
                    return line.image().id().equals(id)
                            ? -1
                            : facts.perceptualHash().isEmpty()
                                    ? UNKNOWN
                                    : PerceptualHash.distance(
                                            wanted, facts.perceptualHash().getAsLong());
                });
    }

    private static List<ImagePage.Line> sorted(
            List<ImagePage.Line> images, Map<ImageId, Double> values, int sign) {
        return sorted(
                images,
                line -> {
                    var value = values.get(line.image().id());
                    return value == null ? UNKNOWN : sign * value;
                });
    }

    private static List<ImagePage.Line> sorted(
            List<ImagePage.Line> images, ToDoubleFunction<ImagePage.Line> key) {
        return sorted(images, key::applyAsDouble, Comparator.<Double>naturalOrder());
    }

    /// Each key is made once: of 100,000 names, making them for each comparison takes longer than sorting.
    private static <K> List<ImagePage.Line> sorted(
            List<ImagePage.Line> images, Function<ImagePage.Line, K> key, Comparator<K> order) {
        var keyed = new ArrayList<Keyed<K>>(images.size());
        for (var line : images) {
            keyed.add(new Keyed<>(line, key.apply(line)));
        }
        keyed.sort(Comparator.comparing(Keyed::key, order));
        return keyed.stream().map(Keyed::line).toList();
    }
}
