package org.palimpsest.ui.canvas.tool;

import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Rings;

/// Whether a point hits a region, and regions stretched from their bounds to others.
public final class Regions {
    private Regions() {}

    /// Whether the point lies in the region or within its reach. A mask's holes do not count as the mask.
    public static boolean hits(Region region, Point point, double reach) {
        var bounds = region.bounds();
        if (point.x() < bounds.xMin() - reach
                || point.x() > bounds.xMax() + reach
                || point.y() < bounds.yMin() - reach
                || point.y() > bounds.yMax() + reach) {
            return false;
        }
        return switch (region) {
            case Box _ -> true;
            case Polygon polygon -> contains(polygon, point);
            case MultiPolygon parts ->
                    parts.polygons().stream().anyMatch(part -> contains(part, point));
            case Mask mask -> covers(mask, point);
        };
    }

    private static boolean contains(Polygon polygon, Point point) {
        return Rings.contains(polygon.exterior(), point)
                && polygon.holes().stream().noneMatch(hole -> Rings.contains(hole, point));
    }

    private static boolean covers(Mask mask, Point point) {
        int x = (int) Math.floor(point.x());
        int y = (int) Math.floor(point.y());
        return x >= 0 && y >= 0 && x < mask.width() && y < mask.height() && mask.get(x, y);
    }

    /// The region moved and stretched so that its bounds become the given ones. Pixels of a mask that would leave its
    /// image are lost.
    public static Region stretch(Region region, Box to) {
        var from = region.bounds();
        if (from.equals(to)) {
            return region;
        }
        double scaleX = from.width() == 0 ? 1 : to.width() / from.width();
        double scaleY = from.height() == 0 ? 1 : to.height() / from.height();
        return switch (region) {
            case Box _ -> to;
            case Polygon polygon -> stretch(polygon, from, to, scaleX, scaleY);
            case MultiPolygon parts ->
                    new MultiPolygon(
                            parts.polygons().stream()
                                    .map(part -> stretch(part, from, to, scaleX, scaleY))
                                    .toList());
            case Mask mask -> stretch(mask, from, to);
        };
    }

    private static Polygon stretch(
            Polygon polygon, Box from, Box to, double scaleX, double scaleY) {
        return polygon.translate(-from.xMin(), -from.yMin())
                .scale(scaleX, scaleY)
                .translate(to.xMin(), to.yMin());
    }

    private static Mask stretch(Mask mask, Box from, Box to) {
        double dx = to.xMin() - from.xMin();
        double dy = to.yMin() - from.yMin();
        if (to.equals(from.translate(dx, dy)) && dx == Math.rint(dx) && dy == Math.rint(dy)) {
            return mask.moved((int) dx, (int) dy, mask.size());
        }
        double scaleX = to.width() / Math.max(1, from.width());
        double scaleY = to.height() / Math.max(1, from.height());
        return Mask.of(
                mask.size(),
                to,
                (x, y) ->
                        to.contains(new Point(x + 0.5, y + 0.5))
                                && covers(
                                        mask,
                                        new Point(
                                                from.xMin() + (x + 0.5 - to.xMin()) / scaleX,
                                                from.yMin() + (y + 0.5 - to.yMin()) / scaleY)));
    }
}
