package org.palimpsest.format.shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.palimpsest.format.FindingList;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Regions as files want them: boxes inside of the image, outlines without holes, masks cut to their box.
public final class Shapes {
    /// Less than this beyond the edge is rounding, and not worth a word.
    private static final double ROUNDING = 0.02;

    private static final int CORNERS_OF_A_CIRCLE = 64;

    private Shapes() {}

    /// The part of a box inside of the image, with a finding for what is cut away; empty, with a finding, where nothing
    /// is left.
    public static Optional<Box> clip(Box box, Size image, String place, FindingList findings) {
        var inside = box.intersection(image.toBox());
        if (inside.isEmpty()) {
            findings.error(place, "the box is empty or outside of the image: " + words(box));
        } else if (!near(box, inside.get())) {
            findings.warning(
                    place, "the box reaches over the edge of the image and is cut: " + words(box));
        }
        return inside;
    }

    private static boolean near(Box a, Box b) {
        return Math.abs(a.xMin() - b.xMin()) <= ROUNDING
                && Math.abs(a.yMin() - b.yMin()) <= ROUNDING
                && Math.abs(a.xMax() - b.xMax()) <= ROUNDING
                && Math.abs(a.yMax() - b.yMax()) <= ROUNDING;
    }

    /// For messages: `1,2 30,40`.
    private static String words(Box box) {
        return "%s,%s %s,%s"
                .formatted(
                        Decimals.text(box.xMin(), 2),
                        Decimals.text(box.yMin(), 2),
                        Decimals.text(box.xMax(), 2),
                        Decimals.text(box.yMax(), 2));
    }

    /// The polygons of a region; of a mask its outline.
    public static List<Polygon> polygons(Region region) {
        return switch (region) {
            case Box box -> List.of(polygon(box));
            case Polygon polygon -> List.of(polygon);
            case MultiPolygon parts -> parts.polygons();
            case Mask mask -> mask.outline().polygons();
        };
    }

    /// A box as a polygon of four corners, clockwise from the upper left.
    public static Polygon polygon(Box box) {
        return new Polygon(
                List.of(
                        new Point(box.xMin(), box.yMin()),
                        new Point(box.xMax(), box.yMin()),
                        new Point(box.xMax(), box.yMax()),
                        new Point(box.xMin(), box.yMax())));
    }

    /// Whether a polygon, or one of several, has holes.
    public static boolean hasHoles(Region region) {
        return switch (region) {
            case Box _, Mask _ -> false;
            case Polygon polygon -> !polygon.holes().isEmpty();
            case MultiPolygon parts ->
                    parts.polygons().stream().anyMatch(part -> !part.holes().isEmpty());
        };
    }

    /// A box turned clockwise on the screen about a point.
    ///
    /// @param degrees may be any finite number
    public static Polygon turned(Box box, Point about, double degrees) {
        return turned(polygon(box), about, degrees);
    }

    /// An outline turned clockwise on the screen about a point.
    public static Polygon turned(Polygon outline, Point about, double degrees) {
        double sine = Math.sin(Math.toRadians(degrees));
        double cosine = Math.cos(Math.toRadians(degrees));
        return new Polygon(
                outline.exterior().stream()
                        .map(point -> {
                            double x = point.x() - about.x();
                            double y = point.y() - about.y();
                            return new Point(
                                    about.x() + cosine * x - sine * y,
                                    about.y() + sine * x + cosine * y);
                        })
                        .toList());
    }

    /// An ellipse as a polygon.
    public static Polygon ellipse(Point center, double radiusX, double radiusY) {
        var points = new ArrayList<Point>(CORNERS_OF_A_CIRCLE);
        for (int i = 0; i < CORNERS_OF_A_CIRCLE; i++) {
            double angle = 2 * Math.PI * i / CORNERS_OF_A_CIRCLE;
            points.add(center.translate(radiusX * Math.cos(angle), radiusY * Math.sin(angle)));
        }
        return new Polygon(points);
    }

    /// The mask inside of its own tight box.
    ///
    /// @throws IllegalArgumentException if the mask is empty
    public static Mask crop(Mask mask) {
        var bounds = mask.bounds();
        if (bounds.isEmpty()) {
            throw new IllegalArgumentException("Nothing to cut from " + mask);
        }
        int left = (int) bounds.xMin();
        int top = (int) bounds.yMin();
        return Mask.of(
                (int) bounds.width(), (int) bounds.height(), (x, y) -> mask.get(left + x, top + y));
    }

    /// The mask of an image that has a smaller mask at a place in it; what reaches over the edge is cut away.
    public static Mask place(Mask crop, int left, int top, Size image) {
        var runs = new RunCounts(image);
        crop.forEachRun((y, from, to) -> {
            long row = (long) y + top;
            int start = Math.clamp((long) from + left, 0, image.width());
            int end = Math.clamp((long) to + left, 0, image.width());
            if (row >= 0 && row < image.height() && start < end) {
                runs.add(row * image.width() + start, row * image.width() + end);
            }
        });
        return Mask.fromRowMajorRunLengths(image.width(), image.height(), runs.finish());
    }

    /// Collects runs of ones in rising order as counts of zeros and ones in turn.
    private static final class RunCounts {
        private final long pixels;
        private int[] counts = new int[64];
        private int used;
        private long position;

        RunCounts(Size image) {
            this.pixels = image.pixelCount();
        }

        void add(long from, long to) {
            put((int) (from - position));
            put((int) (to - from));
            position = to;
        }

        int[] finish() {
            put((int) (pixels - position));
            return Arrays.copyOf(counts, used);
        }

        private void put(int count) {
            if (used == counts.length) {
                counts = Arrays.copyOf(counts, used * 2);
            }
            counts[used++] = count;
        }
    }
}
