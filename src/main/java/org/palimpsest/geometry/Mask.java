package org.palimpsest.geometry;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;

/// The set of an image's pixels that belong to an object: one bit a pixel, of the image's size.
///
/// Masks are values: equal when size and pixels are. They take width × height / 8 bytes; operations work on 64
/// pixels at a time. Immutable, so any thread may use them.
public final class Mask implements Region {
    private final BitRows rows;

    private Mask(BitRows rows) {
        this.rows = rows;
    }

    /// A mask of the pixels for which the predicate holds.
    ///
    /// @throws IllegalArgumentException if a side is negative or the mask has more than 2^29 pixels, as in
    ///     every method that makes a mask of a given size
    public static Mask of(int width, int height, BitPredicate predicate) {
        var rows = new BitRows(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (predicate.test(x, y)) {
                    rows.set(x, y);
                }
            }
        }
        return new Mask(rows);
    }

    /// A mask of the pixels within a box for which the predicate holds; the others are not asked about.
    public static Mask of(Size size, Box within, BitPredicate predicate) {
        var rows = new BitRows(size.width(), size.height());
        int left = (int) Math.clamp(Math.floor(within.xMin()), 0, size.width());
        int right = (int) Math.clamp(Math.ceil(within.xMax()), 0, size.width());
        int bottom = (int) Math.clamp(Math.ceil(within.yMax()), 0, size.height());
        for (int y = (int) Math.clamp(Math.floor(within.yMin()), 0, size.height());
                y < bottom;
                y++) {
            for (int x = left; x < right; x++) {
                if (predicate.test(x, y)) {
                    rows.set(x, y);
                }
            }
        }
        return new Mask(rows);
    }

    /// @param rows not changed any more by the caller
    static Mask of(BitRows rows) {
        return new Mask(rows);
    }

    /// A mask without a pixel.
    public static Mask empty(Size size) {
        return new Mask(new BitRows(size.width(), size.height()));
    }

    /// The pixels whose centre lies in the region; what is outside of the image is left out.
    ///
    /// Inside a polygon's ring is decided by the even-odd rule. A centre exactly on an edge belongs to the
    /// region on its right or below, so regions that share an edge share no pixel.
    ///
    /// @throws IllegalArgumentException if the region is a mask of another size
    public static Mask fromRegion(Region region, Size size) {
        return switch (region) {
            case Mask mask -> {
                if (!mask.size().equals(size)) {
                    throw new IllegalArgumentException(
                            "Mask of " + mask.size() + " on an image of " + size);
                }
                yield mask;
            }
            case Box box -> {
                var rows = new BitRows(size.width(), size.height());
                int left = PolygonRaster.firstCentre(box.xMin(), size.width());
                int right = PolygonRaster.firstCentre(box.xMax(), size.width());
                int bottom = PolygonRaster.firstCentre(box.yMax(), size.height());
                for (int y = PolygonRaster.firstCentre(box.yMin(), size.height());
                        y < bottom;
                        y++) {
                    rows.setRange(y, left, right);
                }
                yield new Mask(rows);
            }
            case Polygon polygon -> {
                var rows = new BitRows(size.width(), size.height());
                new PolygonRaster(rows).draw(polygon);
                yield new Mask(rows);
            }
            case MultiPolygon parts -> {
                var rows = new BitRows(size.width(), size.height());
                var raster = new PolygonRaster(rows);
                parts.polygons().forEach(raster::draw);
                yield new Mask(rows);
            }
        };
    }

    /// Reads COCO's uncompressed run lengths: column by column, first zeros, then ones, in turn.
    ///
    /// @throws IllegalArgumentException if a count is negative or their sum is not width × height
    public static Mask fromRunLengths(int width, int height, int[] cocoCounts) {
        return new Mask(RunLengths.toRows(height, width, cocoCounts).transpose());
    }

    /// Reads run lengths row by row, first zeros, then ones, in turn.
    ///
    /// @throws IllegalArgumentException if a count is negative or their sum is not width × height
    public static Mask fromRowMajorRunLengths(int width, int height, int[] counts) {
        return new Mask(RunLengths.toRows(width, height, counts));
    }

    /// Reads the compressed string of pycocotools.
    ///
    /// @throws IllegalArgumentException if the string is damaged or does not cover the size exactly
    public static Mask fromCocoCompressed(Size size, String counts) {
        BitRows.checkSize(size.width(), size.height());
        return fromRunLengths(size.width(), size.height(), RunLengths.decompress(counts));
    }

    public int width() {
        return rows.width;
    }

    public int height() {
        return rows.height;
    }

    public Size size() {
        return new Size(rows.width, rows.height);
    }

    /// Whether the pixel belongs to the mask; outside of the image none does.
    public boolean get(int x, int y) {
        return x >= 0 && y >= 0 && x < rows.width && y < rows.height && rows.get(x, y);
    }

    public boolean isEmpty() {
        for (long word : rows.words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    /// How many pixels belong to the mask.
    public long pixelCount() {
        return count(rows.words);
    }

    @Override
    public double area() {
        return pixelCount();
    }

    /// The smallest box of whole pixels around the mask; `0,0,0,0` for an empty mask.
    @Override
    public Box bounds() {
        int left = rows.width;
        int right = 0;
        int top = -1;
        int bottom = 0;
        for (int y = 0; y < rows.height; y++) {
            int first = rows.next(y, 0, true);
            if (first == rows.width) {
                continue;
            }
            top = top < 0 ? y : top;
            bottom = y + 1;
            left = Math.min(left, first);
            right = Math.max(right, lastColumn(y) + 1);
        }
        return top < 0 ? new Box(0, 0, 0, 0) : new Box(left, top, right, bottom);
    }

    private int lastColumn(int y) {
        int base = y * rows.wordsPerRow;
        for (int i = rows.wordsPerRow - 1; i >= 0; i--) {
            long word = rows.words[base + i];
            if (word != 0) {
                return (i << 6) + 63 - Long.numberOfLeadingZeros(word);
            }
        }
        return -1;
    }

    /// Intersection over union, 0 to 1; 0 where both masks are empty, as in pycocotools.
    ///
    /// @throws IllegalArgumentException if the sizes differ, as in every method that takes another mask
    public double iou(Mask other) {
        checkSameSize(other);
        long common = 0;
        long together = 0;
        for (int i = 0; i < rows.words.length; i++) {
            common += Long.bitCount(rows.words[i] & other.rows.words[i]);
            together += Long.bitCount(rows.words[i] | other.rows.words[i]);
        }
        return together == 0 ? 0 : (double) common / together;
    }

    /// How many pixels both masks have.
    public long commonPixels(Mask other) {
        checkSameSize(other);
        long common = 0;
        for (int i = 0; i < rows.words.length; i++) {
            common += Long.bitCount(rows.words[i] & other.rows.words[i]);
        }
        return common;
    }

    public Mask union(Mask other) {
        return combine(other, (a, b) -> a | b);
    }

    public Mask intersection(Mask other) {
        return combine(other, (a, b) -> a & b);
    }

    public Mask minus(Mask other) {
        return combine(other, (a, b) -> a & ~b);
    }

    /// The image's pixels that do not belong to this mask.
    public Mask complement() {
        var result = new BitRows(rows.width, rows.height);
        for (int y = 0; y < rows.height; y++) {
            result.setRange(y, 0, rows.width);
        }
        for (int i = 0; i < rows.words.length; i++) {
            result.words[i] &= ~rows.words[i];
        }
        return new Mask(result);
    }

    /// The mask moved by whole pixels, on an image of this size; what leaves the image is lost.
    public Mask moved(int deltaX, int deltaY, Size size) {
        var result = new BitRows(size.width(), size.height());
        rows.forEachRun((y, xStart, xEnd) -> {
            int row = y + deltaY;
            if (row >= 0 && row < size.height()) {
                result.setRange(
                        row,
                        Math.clamp((long) xStart + deltaX, 0, size.width()),
                        Math.clamp((long) xEnd + deltaX, 0, size.width()));
            }
        });
        return new Mask(result);
    }

    /// The mask with what a round brush paints on its way; a pixel is painted when its centre is within the radius.
    ///
    /// @param path where the brush's centre went, straight from point to point; one point for a dot
    public Mask painted(List<Point> path, double radius) {
        return stroked(path, radius, true);
    }

    /// The mask without what a round brush wipes away on its way.
    public Mask erased(List<Point> path, double radius) {
        return stroked(path, radius, false);
    }

    private Mask stroked(List<Point> path, double radius, boolean value) {
        var result = new BitRows(rows.width, rows.height);
        System.arraycopy(rows.words, 0, result.words, 0, rows.words.length);
        new BrushStroke(result, radius, value).draw(path);
        return new Mask(result);
    }

    /// Hands over every horizontal run of pixels, from top to bottom and left to right.
    public void forEachRun(RunConsumer consumer) {
        rows.forEachRun(consumer);
    }

    /// COCO's uncompressed run lengths: column by column, first zeros, then ones, in turn.
    public int[] cocoRunLengths() {
        return RunLengths.of(rows.transpose());
    }

    /// Run lengths row by row, first zeros, then ones, in turn.
    public int[] rowMajorRunLengths() {
        return RunLengths.of(rows);
    }

    /// The compressed string that pycocotools writes for this mask.
    public String cocoCompressed() {
        return RunLengths.compress(cocoRunLengths());
    }

    /// The mask's outline along the edges of its pixels, with holes.
    ///
    /// Guarantees: [#fromRegion] of the outline is this mask again; the areas are equal; pixels that touch at a
    /// corner only belong to different polygons unless they are connected elsewhere; rings do not cross, but may
    /// touch at corners; corners have whole coordinates and no three in a row lie on a line.
    public MultiPolygon outline() {
        return MaskOutline.of(rows);
    }

    private Mask combine(Mask other, LongBinaryOperator operator) {
        checkSameSize(other);
        var result = new BitRows(rows.width, rows.height);
        for (int i = 0; i < rows.words.length; i++) {
            result.words[i] = operator.applyAsLong(rows.words[i], other.rows.words[i]);
        }
        return new Mask(result);
    }

    private void checkSameSize(Mask other) {
        if (rows.width != other.rows.width || rows.height != other.rows.height) {
            throw new IllegalArgumentException(
                    "Masks of different sizes: " + size() + " and " + other.size());
        }
    }

    private static long count(long[] words) {
        long count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask mask
                && rows.width == mask.rows.width
                && rows.height == mask.rows.height
                && Arrays.equals(rows.words, mask.rows.words);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows.width + rows.height) + Arrays.hashCode(rows.words);
    }

    /// Size and number of pixels, for messages.
    @Override
    public String toString() {
        return "Mask[" + size() + ", " + pixelCount() + " pixels]";
    }
}
