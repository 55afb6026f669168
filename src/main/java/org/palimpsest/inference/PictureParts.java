package org.palimpsest.inference;

import java.util.Arrays;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.Picture;

/// Cuts a part out of a picture and puts what was found there back into its place.
final class PictureParts {
    private PictureParts() {}

    /// @param part whole pixels inside of the picture
    static Picture cut(Picture picture, Box part) {
        if (part.equals(picture.size().toBox())) {
            return picture;
        }
        int left = (int) part.xMin();
        int top = (int) part.yMin();
        int width = (int) part.width();
        int height = (int) part.height();
        var rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), Picture.CHANNELS)];
        int row = width * Picture.CHANNELS;
        for (int y = 0; y < height; y++) {
            System.arraycopy(
                    picture.rgb(),
                    ((top + y) * picture.width() + left) * Picture.CHANNELS,
                    rgb,
                    y * row,
                    row);
        }
        return new Picture(width, height, rgb);
    }

    /// An object of the part, in the image.
    static ModelAnswer.FoundShape placed(ModelAnswer.FoundShape shape, Box part, Size image) {
        double dx = part.xMin();
        double dy = part.yMin();
        return new ModelAnswer.FoundShape(
                shape.label(),
                shape.box().translate(dx, dy).clampTo(image),
                shape.score(),
                shape.edges().map(edges -> edges.translate(dx, dy)),
                shape.mask().map(mask -> placed(mask, (int) dx, (int) dy, image)));
    }

    private static Mask placed(Mask mask, int left, int top, Size image) {
        var counts = new RowMajorRuns(image);
        mask.forEachRun((y, from, to) -> counts.add(top + y, left + from, left + to));
        return counts.toMask();
    }

    /// Run lengths that are gathered from top to bottom.
    private static final class RowMajorRuns {
        private final Size image;
        private int[] counts = new int[64];
        private int used;
        private long position;

        RowMajorRuns(Size image) {
            this.image = image;
        }

        void add(int y, int from, int to) {
            long start = (long) y * image.width() + from;
            put((int) (start - position));
            put(to - from);
            position = start + to - from;
        }

        private void put(int count) {
            if (used == counts.length) {
                counts = Arrays.copyOf(counts, 2 * used);
            }
            counts[used++] = count;
        }

        Mask toMask() {
            put((int) (image.pixelCount() - position));
            return Mask.fromRowMajorRunLengths(
                    image.width(), image.height(), Arrays.copyOf(counts, used));
        }
    }
}
