package org.palimpsest.geometry;

/// Bits of a raster, row by row, each row in whole words of 64; bit `x & 63` of word `x >> 6` is column `x`.
///
/// Bits beyond the width are always 0, which lets rows be counted and compared by words.
final class BitRows {
    /// 512 megapixels, 64 MiB of bits: more than any image that `imaging` accepts.
    static final long MAX_PIXELS = 1L << 29;

    final int width;
    final int height;
    final int wordsPerRow;
    final long[] words;

    /// @throws IllegalArgumentException if a side is negative or there are more than [#MAX_PIXELS] pixels
    BitRows(int width, int height) {
        checkSize(width, height);
        this.width = width;
        this.height = height;
        this.wordsPerRow = (int) ((width + 63L) >>> 6);
        long wordCount = (long) wordsPerRow * height;
        if (wordCount > MAX_PIXELS / 8) { // a thousand million rows of one pixel
            throw new IllegalArgumentException("Mask too large: " + width + "x" + height);
        }
        this.words = new long[(int) wordCount];
    }

    static void checkSize(int width, int height) {
        if (width < 0 || height < 0) {
            throw new IllegalArgumentException("Negative mask size: " + width + "x" + height);
        }
        if ((long) width * height > MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "Mask too large: %dx%d, at most %d pixels"
                            .formatted(width, height, MAX_PIXELS));
        }
    }

    boolean get(int x, int y) {
        return (words[y * wordsPerRow + (x >> 6)] >>> x & 1) != 0;
    }

    void set(int x, int y) {
        words[y * wordsPerRow + (x >> 6)] |= 1L << x;
    }

    /// Sets the bits `from` to `to` exclusive of one row.
    void setRange(int y, int from, int to) {
        fill(words, y * wordsPerRow, from, to, true);
    }

    /// Sets or clears the bits `from` to `to` exclusive of the row that starts at word `base`.
    static void fill(long[] words, int base, int from, int to, boolean value) {
        if (from >= to) {
            return;
        }
        int first = base + (from >> 6);
        int last = base + ((to - 1) >> 6);
        long head = -1L << from;
        long tail = -1L >>> -to;
        for (int i = first; i <= last; i++) {
            long bits = (i == first ? head : -1L) & (i == last ? tail : -1L);
            words[i] = value ? words[i] | bits : words[i] & ~bits;
        }
    }

    /// The first column from `from` on whose bit is `value`, or the width.
    int next(int y, int from, boolean value) {
        int base = y * wordsPerRow;
        int word = from >> 6;
        if (word >= wordsPerRow) {
            return width;
        }
        long flip = value ? 0 : -1L;
        long bits = (words[base + word] ^ flip) & (-1L << from);
        while (bits == 0) {
            if (++word == wordsPerRow) {
                return width;
            }
            bits = words[base + word] ^ flip;
        }
        return Math.min(width, (word << 6) + Long.numberOfTrailingZeros(bits));
    }

    void forEachRun(RunConsumer consumer) {
        for (int y = 0; y < height; y++) {
            int start = next(y, 0, true);
            while (start < width) {
                int end = next(y, start, false);
                consumer.accept(y, start, end);
                start = next(y, end, true);
            }
        }
    }

    /// Columns become rows. Works on blocks of 64×64 bits, so that no pixel is touched alone.
    BitRows transpose() {
        var result = new BitRows(height, width);
        long[] block = new long[64];
        for (int top = 0; top < height; top += 64) {
            int rows = Math.min(64, height - top);
            for (int column = 0; column < wordsPerRow; column++) {
                long any = 0;
                for (int i = 0; i < 64; i++) {
                    block[i] = i < rows ? words[(top + i) * wordsPerRow + column] : 0;
                    any |= block[i];
                }
                if (any == 0) {
                    continue;
                }
                transposeBlock(block);
                int columns = Math.min(64, width - (column << 6));
                for (int i = 0; i < columns; i++) {
                    int row = (column << 6) + i;
                    result.words[row * result.wordsPerRow + (top >> 6)] = block[i];
                }
            }
        }
        return result;
    }

    /// Swaps ever smaller quadrants (Warren, Hacker's Delight, 7-3, for words whose bit 0 is the first column).
    private static void transposeBlock(long[] block) {
        long mask = 0x00000000FFFFFFFFL;
        for (int half = 32; half != 0; half >>= 1, mask ^= mask << half) {
            for (int i = 0; i < 64; i = (i + half + 1) & -half - 1 & ~half) {
                long swapped = (block[i] >>> half ^ block[i + half]) & mask;
                block[i] ^= swapped << half;
                block[i + half] ^= swapped;
            }
        }
    }
}
