package org.palimpsest.imaging;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/// Makes JPEG files with EXIF tags.
final class JpegWithExif {
    private static final int TIFF_HEADER = 8;
    private static final int ENTRY = 12;

    private JpegWithExif() {}

    /// A small picture with an orientation and a time of capture.
    ///
    /// @param captured 19 characters, `2024:02:29 13:37:05`
    static byte[] make(int orientation, String captured) throws IOException {
        var jpeg = new ByteArrayOutputStream();
        var image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 16; x++) {
            image.setRGB(x, x, 0xFFFFFF);
        }
        ImageIO.write(image, "jpg", jpeg);
        byte[] plain = jpeg.toByteArray();
        byte[] exif = exif(orientation, captured);
        var out = new ByteArrayOutputStream();
        var data = new DataOutputStream(out);
        data.write(plain, 0, 2);
        data.writeShort(0xFFE1);
        data.writeShort(exif.length + 2);
        data.write(exif);
        data.write(plain, 2, plain.length - 2);
        return out.toByteArray();
    }

    private static byte[] exif(int orientation, String captured) throws IOException {
        int mainLength = 2 + 2 * ENTRY + 4;
        int camera = TIFF_HEADER + mainLength;
        int text = camera + 2 + ENTRY + 4;
        var out = new ByteArrayOutputStream();
        var data = new DataOutputStream(out);
        data.write("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        data.write("MM".getBytes(StandardCharsets.US_ASCII));
        data.writeShort(42);
        data.writeInt(TIFF_HEADER);
        data.writeShort(2);
        entry(data, 0x0112, 3, 1, orientation << 16); // Orientation, a short in front
        entry(data, 0x8769, 4, 1, camera); // where the camera's tags are
        data.writeInt(0);
        data.writeShort(1);
        entry(data, 0x9003, 2, captured.length() + 1, text); // DateTimeOriginal
        data.writeInt(0);
        data.write((captured + "\0").getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static void entry(DataOutputStream data, int tag, int type, int count, int value)
            throws IOException {
        data.writeShort(tag);
        data.writeShort(type);
        data.writeInt(count);
        data.writeInt(value);
    }
}
