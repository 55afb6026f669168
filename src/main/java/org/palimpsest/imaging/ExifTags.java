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
import com.drew.metadata.exif.ExifSubIFDDirectory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the EXIF tags of an image file say that matters here.
///
/// @param orientation how the stored pixels lie; upright where no tag says so, or a damaged one
/// @param captured when the picture was taken, by the camera's clock
record ExifTags(Orientation orientation, Optional<LocalDateTime> captured) {
    private static final Logger LOG = LoggerFactory.getLogger(ExifTags.class);
    private static final ExifTags NONE = new ExifTags(Orientation.UPRIGHT, Optional.empty());

    /// The form of EXIF 2.32, 4.6.5: blanks or zeros where the camera did not know.
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    static ExifTags read(Path file, ImageFormat format) {
        try {
            var metadata = metadata(file, format);
            var main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            var orientation =
                    main == null || !main.containsTag(ExifIFD0Directory.TAG_ORIENTATION)
                            ? Orientation.UPRIGHT
                            : Orientation.ofExif(main.getInt(ExifIFD0Directory.TAG_ORIENTATION));
            var camera = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
            return new ExifTags(
                    orientation,
                    camera == null
                            ? Optional.empty()
                            : dateTime(
                                    camera.getString(ExifSubIFDDirectory.TAG_DATETIME_ORIGINAL)));
        } catch (ImageProcessingException | MetadataException | IOException e) {
            LOG.debug("No EXIF tags in {}", file, e);
            return NONE;
        } catch (RuntimeException | StackOverflowError e) {
            // Damaged metadata must not keep anyone from seeing the pixels.
            LOG.warn("The metadata of {} are damaged; taken as upright: {}", file, e.toString());
            return NONE;
        }
    }

    private static Optional<LocalDateTime> dateTime(@Nullable String text) {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.parse(text.strip(), DATE_TIME));
        } catch (DateTimeParseException e) {
            LOG.debug("Not a time: {}", text);
            return Optional.empty();
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
