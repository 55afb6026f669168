package org.palimpsest.geometry;

import java.util.Arrays;

/// Run lengths of bit rows, first zeros then ones in turn, and COCO's compressed string of them.
///
/// Everything read here may come from a foreign file: each count is checked before it is used.
final class RunLengths {
    /// Groups of five bits that a difference of two counts below 2^31 can need.
    private static final int MAX_GROUPS = 7;

    private RunLengths() {}

    /// The runs over all rows, one row behind the other; ends with the run of the last pixel.
    static int[] of(BitRows rows) {
        int[] counts = new int[64];
        int used = 0;
        boolean value = false;
        int run = 0;
        for (int y = 0; y < rows.height; y++) {
            int x = 0;
            while (x < rows.width) {
                int end = rows.next(y, x, !value);
                run += end - x;
                if (end < rows.width) {
                    if (used + 1 >= counts.length) {
                        counts = Arrays.copyOf(counts, counts.length * 2);
                    }
                    counts[used++] = run;
                    run = 0;
                    value = !value;
                }
                x = end;
            }
        }
        counts[used++] = run;
        return Arrays.copyOf(counts, used);
    }

    /// The rows that these runs describe.
    ///
    /// @throws IllegalArgumentException if a count is negative or they do not cover the raster exactly
    static BitRows toRows(int width, int height, int[] counts) {
        BitRows.checkSize(width, height);
        long pixels = (long) width * height;
        long covered = 0;
        for (int count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("Negative run length: " + count);
            }
            covered += count;
        }
        if (covered != pixels) {
            throw new IllegalArgumentException(
                    "Run lengths cover %d pixels, the mask %dx%d has %d"
                            .formatted(covered, width, height, pixels));
        }
        var rows = new BitRows(width, height);
        long position = 0;
        for (int i = 0; i < counts.length; i++) {
            if ((i & 1) != 0) {
                fill(rows, position, counts[i]);
            }
            position += counts[i];
        }
        return rows;
    }

    private static void fill(BitRows rows, long position, int length) {
        long end = position + length;
        while (position < end) {
            int y = (int) (position / rows.width);
            int from = (int) (position % rows.width);
            int to = (int) Math.min(rows.width, from + (end - position));
            rows.setRange(y, from, to);
            position += to - from;
        }
    }

    /// pycocotools' string: each count from the fourth on as difference to the one two before it, in groups of
    /// five bits with a continuation bit, moved to printable characters (cocoapi common/maskApi.c,
    /// rleToString).
    static String compress(int[] counts) {
        var text = new StringBuilder(counts.length * 2);
        for (int i = 0; i < counts.length; i++) {
            long rest = i > 2 ? (long) counts[i] - counts[i - 2] : counts[i];
            boolean more = true;
            while (more) {
                int group = (int) (rest & 0x1f);
                rest >>= 5;
                more = (group & 0x10) != 0 ? rest != -1 : rest != 0;
                text.append((char) (48 + (more ? group | 0x20 : group)));
            }
        }
        return text.toString();
    }

    /// @throws IllegalArgumentException if the text is not such a string or a count is negative or too large
    static int[] decompress(String text) {
        int[] counts = new int[Math.min(text.length(), 1 << 20)];
        int used = 0;
        int at = 0;
        while (at < text.length()) {
            long value = 0;
            int groups = 0;
            boolean more = true;
            while (more) {
                if (at == text.length()) {
                    throw new IllegalArgumentException(
                            "Compressed mask ends inside of a run length");
                }
                int group = text.charAt(at) - 48;
                if (group < 0 || group > 63 || groups == MAX_GROUPS) {
                    throw new IllegalArgumentException(
                            "Compressed mask is damaged at character " + at);
                }
                value |= (long) (group & 0x1f) << 5 * groups;
                more = (group & 0x20) != 0;
                at++;
                groups++;
                if (!more && (group & 0x10) != 0) {
                    value |= -1L << 5 * groups;
                }
            }
            if (used > 2) {
                value += counts[used - 2];
            }
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "Compressed mask has an impossible run length: " + value);
            }
            if (used == counts.length) {
                counts = Arrays.copyOf(counts, Math.min(text.length(), counts.length * 2));
            }
            counts[used++] = (int) value;
        }
        return Arrays.copyOf(counts, used);
    }
}
