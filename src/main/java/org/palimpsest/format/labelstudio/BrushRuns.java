package org.palimpsest.format.labelstudio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;

/// Label Studio's packed runs: bits over the bytes of an RGBA picture, of which the fourth of each pixel is the mask
/// (HumanSignal/label-studio-sdk, src/label_studio_sdk/converter/brush.py at 040df88, encode_rle and decode_rle, after
/// thi-ng/umbrella, packages/rle-pack).
///
/// | bits | what |
/// | --- | --- |
/// | 32 | how many values: 4 × width × height |
/// | 5 | bits of a value, less 1 |
/// | 4 × 4 | bits of a length in each of four classes, less 1 |
/// | then, over and over: 1 | whether one value is repeated |
/// | 2 | the class of the length |
/// | by class | the length, less 1 |
/// | | the value, or as many as the length says |
final class BrushRuns {
    private static final int CHANNELS = 4;
    private static final int VALUE_BITS = 8;
    private static final int[] LENGTH_BITS = {3, 4, 8, 16};

    private BrushRuns() {}

    /// The bytes that `encode_rle` makes of the mask with every pixel four times.
    static byte[] encode(Mask mask) {
        var bits = new BitWriter();
        bits.write(CHANNELS * mask.size().pixelCount(), 32);
        bits.write(VALUE_BITS - 1, 5);
        for (int length : LENGTH_BITS) {
            bits.write(length - 1, 4);
        }
        int value = 0;
        for (int count : mask.rowMajorRunLengths()) {
            writeRun(bits, (long) CHANNELS * count, value);
            value = 255 - value;
        }
        return bits.finish();
    }

    private static void writeRun(BitWriter bits, long length, int value) {
        long rest = length;
        while (rest > 0) {
            int kind = 0;
            while (kind < 3 && rest > 1L << LENGTH_BITS[kind]) {
                kind++;
            }
            long part = Math.min(rest, 1L << LENGTH_BITS[kind]);
            bits.write(1, 1);
            bits.write(kind, 2);
            bits.write(part - 1, LENGTH_BITS[kind]);
            bits.write(value, VALUE_BITS);
            rest -= part;
        }
    }

    /// The mask of that size.
    ///
    /// @throws IOException if the bytes are damaged or belong to another size; nothing is made before that is known
    static Mask decode(byte[] packed, Size size) throws IOException {
        var bits = new BitReader(packed);
        long values = bits.read(32);
        if (values != CHANNELS * size.pixelCount()) {
            throw new IOException(
                    "the mask holds %d values, an image of %s has %d"
                            .formatted(values, size, CHANNELS * size.pixelCount()));
        }
        int valueBits = (int) bits.read(5) + 1;
        int[] lengthBits = new int[LENGTH_BITS.length];
        for (int i = 0; i < lengthBits.length; i++) {
            lengthBits[i] = (int) bits.read(4) + 1;
        }
        var runs = new Runs();
        long at = 0;
        while (at < values) {
            boolean repeated = bits.read(1) != 0;
            long end = at + 1 + bits.read(lengthBits[(int) bits.read(2)]);
            if (end > values) {
                throw new IOException("a run of the mask is too long");
            }
            if (repeated) {
                runs.add(at, end, bits.read(valueBits) != 0);
                at = end;
            } else {
                for (; at < end; at++) {
                    runs.add(at, at + 1, bits.read(valueBits) != 0);
                }
            }
        }
        return Mask.fromRowMajorRunLengths(size.width(), size.height(), runs.finish());
    }

    /// Collects the runs of fourth values as counts of zeros and ones in turn.
    private static final class Runs {
        private int[] counts = new int[64];
        private int used = 1;

        /// @param from place among all values, which are four a pixel
        void add(long from, long to, boolean value) {
            int pixels = (int) (to / CHANNELS - from / CHANNELS);
            if (pixels == 0) {
                return;
            }
            boolean last = (used - 1) % 2 != 0;
            if (last != value) {
                if (used == counts.length) {
                    counts = Arrays.copyOf(counts, used * 2);
                }
                used++;
            }
            counts[used - 1] += pixels;
        }

        int[] finish() {
            return Arrays.copyOf(counts, used);
        }
    }

    private static final class BitWriter {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int current;
        private int filled;

        void write(long value, int count) {
            for (int i = count - 1; i >= 0; i--) {
                current = current << 1 | (int) (value >>> i & 1);
                if (++filled == Byte.SIZE) {
                    bytes.write(current);
                    current = 0;
                    filled = 0;
                }
            }
        }

        /// Filled up with zeros; where nothing is to be filled, `encode_rle` puts a whole byte of them.
        byte[] finish() {
            bytes.write(current << (Byte.SIZE - filled));
            return bytes.toByteArray();
        }
    }

    private static final class BitReader {
        private final byte[] bytes;
        private long at;

        BitReader(byte[] bytes) {
            this.bytes = bytes;
        }

        long read(int count) throws IOException {
            if (at + count > (long) Byte.SIZE * bytes.length) {
                throw new IOException("the mask ends too early");
            }
            long value = 0;
            for (int i = 0; i < count; i++, at++) {
                int octet = bytes[(int) (at >> 3)];
                value = value << 1 | ((octet >> (7 - (at & 7))) & 1);
            }
            return value;
        }
    }
}
