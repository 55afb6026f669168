package org.palimpsest.imaging;

import java.util.List;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// How the stored pixels lie, by the EXIF tag of that name (CIPA DC-008, tag 0x0112).
///
/// The four numbers say where the pixel shown at (x, y) is stored: at
/// `column = xFromX·x + xFromY·y`, likewise the row, counted from the far edge where negative.
public enum Orientation {
    UPRIGHT(1, 0, 0, 1),
    MIRRORED(-1, 0, 0, 1),
    UPSIDE_DOWN(-1, 0, 0, -1),
    MIRRORED_UPSIDE_DOWN(1, 0, 0, -1),
    MIRRORED_TURNED_LEFT(0, 1, 1, 0),
    TURNED_LEFT(0, 1, -1, 0),
    MIRRORED_TURNED_RIGHT(0, -1, -1, 0),
    TURNED_RIGHT(0, -1, 1, 0);

    private final int columnFromX;
    private final int columnFromY;
    private final int rowFromX;
    private final int rowFromY;

    Orientation(int columnFromX, int columnFromY, int rowFromX, int rowFromY) {
        this.columnFromX = columnFromX;
        this.columnFromY = columnFromY;
        this.rowFromX = rowFromX;
        this.rowFromY = rowFromY;
    }

    /// The orientation of an EXIF value; upright for anything but 2 to 8.
    public static Orientation ofExif(int value) {
        return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
    }

    /// The EXIF value, 1 to 8.
    public int exifValue() {
        return ordinal() + 1;
    }

    /// What turns the image back: the turns to the left and to the right undo each other, the others themselves.
    Orientation inverse() {
        return switch (this) {
            case TURNED_LEFT -> TURNED_RIGHT;
            case TURNED_RIGHT -> TURNED_LEFT;
            case UPRIGHT,
                    MIRRORED,
                    UPSIDE_DOWN,
                    MIRRORED_UPSIDE_DOWN,
                    MIRRORED_TURNED_LEFT,
                    MIRRORED_TURNED_RIGHT ->
                    this;
        };
    }

    /// The size as shown of an image stored in this size, and the other way round.
    public Size shown(Size stored) {
        return columnFromX == 0 ? new Size(stored.height(), stored.width()) : stored;
    }

    /// The place as shown of a place in the stored pixels.
    ///
    /// @param storedSize the size of the image as stored
    public Point shown(Point stored, Size storedSize) {
        double column = stored.x() - (columnFromX + columnFromY < 0 ? storedSize.width() : 0);
        double row = stored.y() - (rowFromX + rowFromY < 0 ? storedSize.height() : 0);
        return new Point(
                columnFromX * column + rowFromX * row, columnFromY * column + rowFromY * row);
    }

    /// The region as shown of a region in the stored pixels, as data sets name it that were made without regard to the
    /// orientation tag.
    ///
    /// @param storedSize the size of the image as stored
    public Region shown(Region stored, Size storedSize) {
        if (this == UPRIGHT) {
            return stored;
        }
        return switch (stored) {
            case Box box -> {
                var one = shown(new Point(box.xMin(), box.yMin()), storedSize);
                var other = shown(new Point(box.xMax(), box.yMax()), storedSize);
                yield new Box(
                        Math.min(one.x(), other.x()),
                        Math.min(one.y(), other.y()),
                        Math.max(one.x(), other.x()),
                        Math.max(one.y(), other.y()));
            }
            case Polygon polygon -> shown(polygon, storedSize);
            case MultiPolygon parts ->
                    new MultiPolygon(
                            parts.polygons().stream()
                                    .map(part -> shown(part, storedSize))
                                    .toList());
            case Mask mask -> shown(mask);
        };
    }

    private Polygon shown(Polygon polygon, Size storedSize) {
        return new Polygon(
                ring(polygon.exterior(), storedSize),
                polygon.holes().stream().map(hole -> ring(hole, storedSize)).toList());
    }

    private List<Point> ring(List<Point> points, Size storedSize) {
        return points.stream().map(point -> shown(point, storedSize)).toList();
    }

    private Mask shown(Mask stored) {
        Size size = shown(stored.size());
        int firstColumn = columnFromX + columnFromY < 0 ? stored.width() - 1 : 0;
        int firstRow = rowFromX + rowFromY < 0 ? stored.height() - 1 : 0;
        return Mask.of(
                size.width(),
                size.height(),
                (x, y) ->
                        stored.get(
                                firstColumn + columnFromX * x + columnFromY * y,
                                firstRow + rowFromX * x + rowFromY * y));
    }

    /// The picture as it is to be shown.
    Picture apply(Picture stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int storedWidth = stored.width();
        int storedHeight = stored.height();
        Size shown = shown(stored.size());
        byte[] from = stored.rgb();
        byte[] to = new byte[from.length];
        int firstColumn = columnFromX + columnFromY < 0 ? storedWidth - 1 : 0;
        int firstRow = rowFromX + rowFromY < 0 ? storedHeight - 1 : 0;
        int stepX = Picture.CHANNELS * (rowFromX * storedWidth + columnFromX);
        int stepY = Picture.CHANNELS * (rowFromY * storedWidth + columnFromY);
        int target = 0;
        for (int y = 0; y < shown.height(); y++) {
            int source = Picture.CHANNELS * (firstRow * storedWidth + firstColumn) + y * stepY;
            for (int x = 0; x < shown.width(); x++) {
                to[target++] = from[source];
                to[target++] = from[source + 1];
                to[target++] = from[source + 2];
                source += stepX;
            }
        }
        return new Picture(shown.width(), shown.height(), to);
    }

    /// The tile as it is to be shown.
    TilePixels apply(TilePixels stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        Size shown = shown(new Size(stored.width(), stored.height()));
        int firstColumn = columnFromX + columnFromY < 0 ? stored.width() - 1 : 0;
        int firstRow = rowFromX + rowFromY < 0 ? stored.height() - 1 : 0;
        int stepX = rowFromX * stored.width() + columnFromX;
        int stepY = rowFromY * stored.width() + columnFromY;
        var to = new int[stored.argb().length];
        int target = 0;
        for (int y = 0; y < shown.height(); y++) {
            int source = firstRow * stored.width() + firstColumn + y * stepY;
            for (int x = 0; x < shown.width(); x++, source += stepX) {
                to[target++] = stored.argb()[source];
            }
        }
        return new TilePixels(shown.width(), shown.height(), to);
    }
}
