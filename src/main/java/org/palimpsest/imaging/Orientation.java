package org.palimpsest.imaging;

import org.palimpsest.geometry.Size;

/// How the stored pixels lie, by the EXIF tag of that name (CIPA DC-008, tag 0x0112).
///
/// The four numbers say where the pixel shown at (x, y) is stored: at
/// `column = xFromX·x + xFromY·y`, likewise the row, counted from the far edge where negative.
enum Orientation {
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
    static Orientation ofExif(int value) {
        return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
    }

    /// The size as shown of an image stored in this size.
    Size shown(Size stored) {
        return columnFromX == 0 ? new Size(stored.height(), stored.width()) : stored;
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
}
