package org.palimpsest.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The form of a kept thumbnail: a mark, the stamp of the image file that it was made of, a checksum, and a JPEG.
///
/// The checksum lets a file that a power cut or a bad disk has damaged be told from a sound one before it is decoded.
final class ThumbnailCodec {
    private static final Logger LOG = LoggerFactory.getLogger(ThumbnailCodec.class);
    private static final int MARK = 0x50544831; // PTH1
    private static final int HEADER = 4 + 8 + 8 + 8;
    private static final float QUALITY = 0.85f;

    /// What tells one state of an image file from another.
    ///
    /// @param bytes its length
    /// @param modified when it was written last, in milliseconds since 1970
    record Stamp(long bytes, long modified) {}

    private ThumbnailCodec() {}

    static byte[] encode(Picture picture, Stamp stamp) throws IOException {
        byte[] jpeg = jpeg(picture);
        return ByteBuffer.allocate(HEADER + jpeg.length)
                .putInt(MARK)
                .putLong(stamp.bytes())
                .putLong(stamp.modified())
                .putLong(checksum(jpeg))
                .put(jpeg)
                .array();
    }

    /// Of which state of the image file a kept thumbnail was made; empty where it is damaged.
    static Optional<Stamp> stamp(byte[] file) {
        if (file.length <= HEADER) {
            return Optional.empty();
        }
        var header = ByteBuffer.wrap(file);
        if (header.getInt() != MARK) {
            return Optional.empty();
        }
        var stamp = new Stamp(header.getLong(), header.getLong());
        return header.getLong() == checksum(body(file)) ? Optional.of(stamp) : Optional.empty();
    }

    /// The picture of a file whose stamp could be read; empty where it is none after all.
    static Optional<Picture> picture(byte[] file, int side) {
        try {
            var image = ImageIO.read(new ByteArrayInputStream(body(file)));
            return image == null || Math.max(image.getWidth(), image.getHeight()) > side
                    ? Optional.empty()
                    : Optional.of(RgbPixels.of(image));
        } catch (IOException | RuntimeException e) {
            LOG.debug("A kept thumbnail is no JPEG", e);
            return Optional.empty();
        }
    }

    private static byte[] body(byte[] file) {
        return Arrays.copyOfRange(file, HEADER, file.length);
    }

    private static long checksum(byte[] bytes) {
        var checksum = new CRC32();
        checksum.update(bytes);
        return checksum.getValue();
    }

    private static byte[] jpeg(Picture picture) throws IOException {
        var image =
                new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] rgb = picture.rgb();
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < rgb.length; i += Picture.CHANNELS) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream(1 << 14);
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            var parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
