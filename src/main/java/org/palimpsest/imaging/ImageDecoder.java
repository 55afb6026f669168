package org.palimpsest.imaging;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One image file, opened: its header has been read and found within the limits.
final class ImageDecoder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImageDecoder.class);

    static {
        // No copies of the files in the folder for temporary files.
        ImageIO.setUseCache(false);
    }

    private final Path file;
    private final ImageFormat format;
    private final ImageInputStream stream;
    private final ImageReader reader;
    private final Size stored;
    private @Nullable String fatalWarning;

    private ImageDecoder(
            Path file, ImageFormat format, ImageInputStream stream, ImageReader reader, Size size) {
        this.file = file;
        this.format = format;
        this.stream = stream;
        this.reader = reader;
        this.stored = size;
    }

    /// Opens the file and reads its header.
    static ImageDecoder open(Path file, ImageLimits limits) throws ProblemException {
        ImageFormat format = sniff(file, limits);
        ImageInputStream stream = null;
        ImageReader reader = null;
        boolean opened = false;
        try {
            stream = ImageIO.createImageInputStream(file.toFile());
            if (stream == null) {
                throw new IllegalStateException("ImageIO has no stream for files");
            }
            reader = readerOf(format);
            reader.setInput(stream, format != ImageFormat.GIF, format != ImageFormat.GIF);
            var size =
                    format == ImageFormat.GIF
                            ? GifFrame.screen(reader)
                            : new Size(reader.getWidth(0), reader.getHeight(0));
            if (size.pixelCount() == 0) {
                throw ImageProblems.unreadable(file, "its size is " + size, null);
            }
            if (size.pixelCount() > limits.maxPixels()) {
                throw ImageProblems.tooManyPixels(file, size, limits);
            }
            var decoder = new ImageDecoder(file, format, stream, reader, size);
            opened = true;
            return decoder;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw ImageProblems.unreadable(file, reason(e), e);
        } catch (OutOfMemoryError e) {
            throw ImageProblems.outOfMemory(file, "its header asks for more than there is", e);
        } finally {
            if (!opened) {
                close(reader, stream);
            }
        }
    }

    private static ImageFormat sniff(Path file, ImageLimits limits) throws ProblemException {
        if (!Files.isRegularFile(file)) {
            throw ImageProblems.missing(file);
        }
        byte[] first;
        try (InputStream in = Files.newInputStream(file)) {
            long bytes = Files.size(file);
            if (bytes > limits.maxFileBytes()) {
                throw ImageProblems.tooManyBytes(file, bytes, limits);
            }
            first = in.readNBytes(ImageFormat.FIRST_BYTES);
        } catch (IOException e) {
            throw ImageProblems.unreadable(file, reason(e), e);
        }
        if (ImageFormat.isHeic(first)) {
            throw ImageProblems.heic(file);
        }
        var format = ImageFormat.ofFirstBytes(first);
        if (format.isEmpty()) {
            throw first.length == 0
                    ? ImageProblems.unreadable(file, "the file is empty", null)
                    : ImageProblems.unknownFormat(file);
        }
        return format.get();
    }

    /// TwelveMonkeys' reader where there are two: it takes more kinds of JPEG and TIFF.
    private static ImageReader readerOf(ImageFormat format) throws IOException {
        ImageReader chosen = null;
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.imageIoName());
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (chosen == null || reader.getClass().getName().startsWith("com.twelvemonkeys.")) {
                chosen = reader;
            }
        }
        if (chosen == null) {
            throw new IOException("the reader for " + format + " is missing from the program");
        }
        return chosen;
    }

    /// Width and height as the image is shown.
    Size shownSize() {
        return tags().orientation().shown(stored);
    }

    /// Width and height as stored.
    Size storedSize() {
        return stored;
    }

    ExifTags tags() {
        return ExifTags.read(file, format);
    }

    /// The whole image, upright.
    Picture decode() throws ProblemException {
        return decode(1);
    }

    /// The image, upright, with only every so many-th column and row.
    Picture decode(int subsampling) throws ProblemException {
        try {
            reader.addIIOReadWarningListener((_, warning) -> noteWarning(warning));
            Picture picture = decodeStored(subsampling);
            if (fatalWarning != null && format != ImageFormat.JPEG) {
                throw ImageProblems.unreadable(file, fatalWarning, null);
            }
            if (fatalWarning != null) {
                picture = withEndMarker(() -> decodeStored(subsampling));
            }
            return tags().orientation().apply(picture);
        } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
            throw ImageProblems.unreadable(file, reason(e), e);
        } catch (OutOfMemoryError e) {
            throw ImageProblems.outOfMemory(file, "it is " + stored, e);
        }
    }

    /// Hands over the image as it is stored, not upright, in pieces as they are decoded. Takes memory for some rows only,
    /// except for the kinds that can be decoded only as a whole: print colours, interlaced PNG, WebP, BMP and GIF.
    void decodeInto(PixelSink sink) throws ProblemException {
        try {
            reader.addIIOReadWarningListener((_, warning) -> noteWarning(warning));
            putStored(sink);
            if (fatalWarning != null && format == ImageFormat.JPEG) {
                withEndMarker(() -> {
                    putStored(sink);
                    return true;
                });
            } else if (fatalWarning != null) {
                throw ImageProblems.unreadable(file, fatalWarning, null);
            }
        } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
            throw ImageProblems.unreadable(file, reason(e), e);
        } catch (OutOfMemoryError e) {
            throw ImageProblems.outOfMemory(file, "it is " + stored, e);
        }
    }

    private void putStored(PixelSink sink) throws IOException {
        boolean inRows =
                switch (format) {
                    case JPEG -> !JpegHeader.read(stream).isPrint();
                    case PNG, TIFF -> true;
                    case WEBP, BMP, GIF -> false;
                };
        if (inRows && putRows(sink)) {
            return;
        }
        sink.begin();
        Picture whole = decodeStored(1);
        int rowBytes = Picture.CHANNELS * whole.width();
        var row = new byte[rowBytes];
        for (int y = 0; y < whole.height(); y++) {
            System.arraycopy(whole.rgb(), y * rowBytes, row, 0, rowBytes);
            if (!sink.put(0, y, whole.width(), 1, row)) {
                return;
            }
        }
    }

    /// @return false where the image cannot be decoded in rows
    private boolean putRows(PixelSink sink) throws IOException {
        var parameters = reader.getDefaultReadParam();
        var type = ownColors();
        if (type == null) {
            type = reader.getImageTypes(0).next();
        }
        var colors = type.getColorModel();
        var model = type.getSampleModel(stored.width(), stored.height());
        if (colors.getColorSpace().getType() == ColorSpace.TYPE_CMYK || !RowCapture.takes(model)) {
            return false;
        }
        sink.begin();
        var rows = new RowCapture(model, colors, sink, reader::abort);
        parameters.setDestination(
                new BufferedImage(colors, rows, colors.isAlphaPremultiplied(), null));
        try {
            reader.read(0, parameters);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            if (rows.hasRefused()) {
                LOG.debug("{} is decoded as a whole", file, e);
                return false;
            }
            throw e;
        }
    }

    /// Some cameras leave out the marker at the end of a JPEG file and nothing else. So the file is
    /// read again with that marker put behind it; where pixels are missing as well, it is refused.
    private <T> T withEndMarker(Reading<T> read) throws IOException, ProblemException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] whole = Arrays.copyOf(bytes, bytes.length + 2);
        whole[bytes.length] = (byte) 0xFF;
        whole[bytes.length + 1] = (byte) 0xD9;
        fatalWarning = null;
        try (var memory = new MemoryCacheImageInputStream(new ByteArrayInputStream(whole))) {
            reader.setInput(memory, true, true);
            T result = read.read();
            if (fatalWarning != null) {
                throw ImageProblems.unreadable(file, "the file ends too early", null);
            }
            return result;
        }
    }

    private Picture decodeStored(int subsampling) throws IOException {
        var parameters = reader.getDefaultReadParam();
        if (subsampling > 1) {
            parameters.setSourceSubsampling(subsampling, subsampling, 0, 0);
        }
        return switch (format) {
            case JPEG -> decodeJpeg(parameters);
            case GIF -> GifFrame.read(reader, parameters, stored);
            case TIFF -> {
                BufferedImage image = reader.read(0, parameters);
                yield image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK
                        ? PrintColors.of(image.getRaster())
                        : RgbPixels.of(image);
            }
            case PNG, WEBP, BMP -> RgbPixels.of(reader.read(0, parameters));
        };
    }

    private Picture decodeJpeg(ImageReadParam parameters) throws IOException {
        var header = JpegHeader.read(stream);
        if (header.isPrint()) {
            return PrintColors.ofJpeg(reader.readRaster(0, parameters), header);
        }
        var type = ownColors();
        if (type != null) {
            parameters.setDestinationType(type);
        }
        return RgbPixels.of(reader.read(0, parameters));
    }

    /// The colours of a JPEG file's own profile: asking for them leaves them as they are.
    private @Nullable ImageTypeSpecifier ownColors() throws IOException {
        if (format != ImageFormat.JPEG) {
            return null;
        }
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        while (types.hasNext()) {
            var type = types.next();
            var space = type.getColorModel().getColorSpace();
            if (space.getType() == ColorSpace.TYPE_RGB && !space.isCS_sRGB()) {
                return type;
            }
        }
        return null;
    }

    /// One way of reading the image.
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    /// A file that ends too early is only worth a warning to the JPEG library, which then paints
    /// the rest grey; a label on such a picture would be wrong.
    private void noteWarning(String warning) {
        String words = warning.toLowerCase(Locale.ROOT);
        if (words.contains("premature end") || words.contains("truncated")) {
            fatalWarning = warning;
        } else {
            LOG.debug("{}: {}", file, warning);
        }
    }

    private static String reason(Throwable e) {
        if (e instanceof EOFException) {
            return "the file ends too early";
        }
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? "it is damaged (" + e.getClass().getSimpleName() + ")"
                : message;
    }

    @Override
    public void close() {
        close(reader, stream);
    }

    private static void close(@Nullable ImageReader reader, @Nullable ImageInputStream stream) {
        try {
            if (reader != null) {
                reader.dispose();
            }
            if (stream != null) {
                stream.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("An image file did not close", e);
        }
    }
}
