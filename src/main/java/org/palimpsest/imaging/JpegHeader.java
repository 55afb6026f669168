package org.palimpsest.imaging;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/// What a JPEG file says about its colours, read from the segments before the pixels.
///
/// @param components 1 for grey, 3 for colour, 4 for print colours
/// @param adobeTransform the transform of the Adobe segment, -1 where there is none: 2 means that
///     the print colours are stored as luminance, two colour differences and black (ITU-T T.872)
record JpegHeader(int components, int adobeTransform) {
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int ADOBE_SEGMENT = 0xEE;
    private static final int ADOBE_LENGTH = 12;
    private static final int YCCK = 2;

    boolean isPrint() {
        return components == 4;
    }

    boolean isYcck() {
        return adobeTransform == YCCK;
    }

    /// Reads from the start of the stream and leaves it there.
    ///
    /// @throws IOException if the segments lead nowhere
    static JpegHeader read(ImageInputStream in) throws IOException {
        in.seek(0);
        int transform = -1;
        while (true) {
            int marker = nextMarker(in);
            if (marker == START_OF_IMAGE || (marker >= 0xD0 && marker <= 0xD7) || marker == 1) {
                continue;
            }
            if (marker == END_OF_IMAGE || marker == START_OF_SCAN) {
                throw new IOException("the JPEG file has no frame header");
            }
            int length = in.readUnsignedShort() - 2;
            long next = in.getStreamPosition() + length;
            if (length < 0) {
                throw new IOException("a JPEG segment has a negative length");
            }
            if (isFrame(marker)) {
                in.skipBytes(5);
                int components = in.readUnsignedByte();
                in.seek(0);
                return new JpegHeader(components, transform);
            }
            if (marker == ADOBE_SEGMENT && length >= ADOBE_LENGTH) {
                transform = adobeTransform(in, transform);
            }
            in.seek(next);
        }
    }

    private static int adobeTransform(ImageInputStream in, int otherwise) throws IOException {
        var bytes = new byte[ADOBE_LENGTH];
        in.readFully(bytes);
        boolean isAdobe =
                bytes[0] == 'A'
                        && bytes[1] == 'd'
                        && bytes[2] == 'o'
                        && bytes[3] == 'b'
                        && bytes[4] == 'e';
        return isAdobe ? bytes[ADOBE_LENGTH - 1] & 0xFF : otherwise;
    }

    /// Frame headers are the markers C0 to CF but for the tables C4, C8 and CC.
    private static boolean isFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    private static int nextMarker(ImageInputStream in) throws IOException {
        int value = in.read();
        while (value != 0xFF) {
            value = require(value, in);
        }
        while (value == 0xFF) {
            value = require(value, in);
        }
        return value;
    }

    private static int require(int value, ImageInputStream in) throws IOException {
        if (value < 0) {
            throw new EOFException("the JPEG file ends before its frame header");
        }
        return in.read();
    }
}
