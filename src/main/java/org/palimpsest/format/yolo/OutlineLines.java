package org.palimpsest.format.yolo;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.shape.Decimals;
import org.palimpsest.format.shape.Shapes;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// `x1 y1 x2 y2 …`, a line for each part.
final class OutlineLines implements ObjectLines {
    @Override
    public List<String> of(Region region, Size image, String place, FindingList findings) {
        var lines = new ArrayList<String>();
        boolean outside = false;
        for (var part : Shapes.polygons(region)) {
            var line = new StringJoiner(" ");
            var points = new ArrayList<Point>();
            for (var point : part.exterior()) {
                double x = Math.clamp(point.x(), 0, image.width());
                double y = Math.clamp(point.y(), 0, image.height());
                outside |= x != point.x() || y != point.y();
                points.add(new Point(x, y));
                line.add(Decimals.text(x / image.width(), BoxLines.PLACES));
                line.add(Decimals.text(y / image.height(), BoxLines.PLACES));
            }
            if (new Polygon(points).bounds().isEmpty()) {
                findings.error(place, "an outline is empty or outside of the image");
            } else {
                lines.add(line.toString());
            }
        }
        if (outside) {
            findings.warning(
                    place, "an outline reaches over the edge of the image and is pressed to it");
        }
        return lines;
    }
}
