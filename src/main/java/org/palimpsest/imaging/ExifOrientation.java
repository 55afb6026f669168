package org.palimpsest.imaging;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.bmp.BmpMetadataReader;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.png.PngMetadataReader;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Finds the orientation tag of an image file.
final class ExifOrientation {
    private static final Logger LOG = LoggerFactory.getLogger(ExifOrientation.class);

    private ExifOrientation() {}

    /// The orientation that the file asks for; upright where it has no such tag, or a damaged one.
    static Orientation read(Path file, ImageFormat format) {
        try {
            var directory = metadata(file, format).getFirstDirectoryOfType(ExifIFD0Directory.class);
            return directory == null || !directory.containsTag(ExifIFD0Directory.TAG_ORIENTATION)
                    ? Orientation.UPRIGHT
                    : Orientation.ofExif(directory.getInt(ExifIFD0Directory.TAG_ORIENTATION));
        } catch (ImageProcessingException | MetadataException | IOException e) {
            LOG.debug("No orientation in {}", file, e);
            return Orientation.UPRIGHT;
        } catch (RuntimeException | StackOverflowError e) {
            // Damaged metadata must not keep anyone from seeing the pixels.
            LOG.warn("The metadata of {} are damaged; taken as upright: {}", file, e.toString());
            return Orientation.UPRIGHT;
        }
    }

    private static Metadata metadata(Path file, ImageFormat format)
            throws ImageProcessingException, IOException {
        if (format == ImageFormat.TIFF) {
            return TiffMetadataReader.readMetadata(file.toFile());
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return switch (format) {
                case JPEG -> JpegMetadataReader.readMetadata(in, List.of(new ExifReader()));
                case PNG -> PngMetadataReader.readMetadata(in);
                case WEBP -> WebpMetadataReader.readMetadata(in);
                case BMP -> BmpMetadataReader.readMetadata(in);
                case GIF, TIFF -> new Metadata();
            };
        }
    }
}
