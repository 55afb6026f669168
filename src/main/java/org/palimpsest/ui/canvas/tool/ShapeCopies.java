package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.RegionSets;
import org.palimpsest.geometry.Size;
import org.palimpsest.geometry.Vertices;

/// Copies of objects for another image, or for another place of the same one.
///
/// A copy has an id of its own, keeps label, attributes and the crowd flag, and says that the person drew it now,
/// whoever made the original: it is the person who puts it there. It lies within its image; what would lie outside is
/// moved inside where it fits, else cut off.
public final class ShapeCopies {
    /// A copy that covers so much of an object of the same label is the same object.
    private static final double SAME = 0.95;

    private ShapeCopies() {}

    /// Copies at the same place of an image, moved by an offset.
    public static List<ObjectAnnotation> of(
            List<ObjectAnnotation> originals, Size image, double offset, Provenance drawn) {
        var copies = new ArrayList<ObjectAnnotation>();
        for (var original : originals) {
            fit(original.region(), offset, image)
                    .ifPresent(region -> copies.add(copy(original, region, drawn)));
        }
        return List.copyOf(copies);
    }

    /// Copies at the same place of an image, but for what the image has already.
    public static List<ObjectAnnotation> missing(
            List<ObjectAnnotation> originals, AnnotatedImage image, Provenance drawn) {
        var size = image.image().size();
        return of(originals, size, 0, drawn).stream()
                .filter(copy ->
                        image.objects().stream().noneMatch(there -> isSame(copy, there, size)))
                .toList();
    }

    private static boolean isSame(ObjectAnnotation one, ObjectAnnotation other, Size image) {
        return one.label().equals(other.label())
                && one.region().bounds().iou(other.region().bounds()) > SAME / 2
                && one.region().iou(other.region(), image) >= SAME;
    }

    private static ObjectAnnotation copy(
            ObjectAnnotation original, Region region, Provenance drawn) {
        return new ObjectAnnotation(
                AnnotationId.random(),
                original.label(),
                region,
                drawn,
                ReviewState.UNREVIEWED,
                original.crowd(),
                original.attributes());
    }

    private static Optional<Region> fit(Region region, double offset, Size image) {
        var bounds = region.bounds();
        double dx = inside(offset, bounds.xMin(), bounds.xMax(), image.width());
        double dy = inside(offset, bounds.yMin(), bounds.yMax(), image.height());
        Region fitted =
                switch (region) {
                    case Box box -> box.translate(dx, dy).clampTo(image);
                    case Polygon polygon -> cut(polygon.translate(dx, dy), image);
                    case MultiPolygon parts -> cut(parts.translate(dx, dy), image);
                    case Mask mask -> mask.moved((int) Math.rint(dx), (int) Math.rint(dy), image);
                };
        return fitted.area() > 0 ? Optional.of(fitted) : Optional.empty();
    }

    /// How far to move so that the range lies in the image: as far as asked where that is inside.
    private static double inside(double offset, double low, double high, double end) {
        if (high - low > end) {
            return offset;
        }
        return Math.clamp(offset, -low, end - high);
    }

    private static Region cut(Region region, Size image) {
        var bounds = region.bounds();
        boolean within =
                bounds.xMin() >= 0
                        && bounds.yMin() >= 0
                        && bounds.xMax() <= image.width()
                        && bounds.yMax() <= image.height();
        return within
                ? region
                : Vertices.region(RegionSets.intersect(region, image.toBox()).polygons());
    }
}
