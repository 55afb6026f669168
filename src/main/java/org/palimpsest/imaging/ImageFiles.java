package org.palimpsest.imaging;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;

/// Reads image files: JPEG, PNG, WebP, TIFF, BMP and GIF (the first frame or page).
///
/// The format is told by the contents, the size is read from the header and held against the limits
/// before memory is taken, and the EXIF orientation is applied, once. The pixels are those that
/// Pillow's `convert("RGB")` gives: transparency is dropped, not composed, and colour profiles are
/// not applied. One difference: of 16-bit grey the upper 8 bits are taken, as TensorFlow does,
/// where Pillow turns everything above 255 white.
///
/// Thread-safe: has no state.
public final class ImageFiles {
    private ImageFiles() {}

    /// The image, upright.
    public static Picture read(Path file) throws ProblemException {
        return read(file, ImageLimits.DEFAULT);
    }

    /// The image, upright, if it is within the limits.
    public static Picture read(Path file, ImageLimits limits) throws ProblemException {
        try (var decoder = ImageDecoder.open(file, limits)) {
            return decoder.decode();
        }
    }

    /// Width and height of the image as it is shown, from its header.
    public static Size readSize(Path file) throws ProblemException {
        try (var decoder = ImageDecoder.open(file, ImageLimits.DEFAULT)) {
            return decoder.shownSize();
        }
    }

    /// Everything that a data set keeps of an image file. Reads the whole file for the content hash and decodes a small
    /// version for the perceptual hash, so that a file which cannot be decoded is noticed here.
    public static ImageInspection inspect(Path file) throws ProblemException {
        try (var decoder = ImageDecoder.open(file, ImageLimits.DEFAULT)) {
            var tags = decoder.tags();
            return new ImageInspection(
                    decoder.shownSize(),
                    tags.orientation(),
                    tags.captured(),
                    ContentHash.of(file),
                    PerceptualHash.of(thumbnail(file, PerceptualHash.SIDE)),
                    Files.size(file));
        } catch (IOException e) {
            throw ImageProblems.unreadable(file, String.valueOf(e.getMessage()), e);
        }
    }

    /// What the header of an image file says, without the hashes: a matter of a millisecond.
    public static ImageInspection inspectHeader(Path file) throws ProblemException {
        try (var decoder = ImageDecoder.open(file, ImageLimits.DEFAULT)) {
            var tags = decoder.tags();
            return new ImageInspection(
                    decoder.shownSize(),
                    tags.orientation(),
                    tags.captured(),
                    "",
                    OptionalLong.empty(),
                    Files.size(file));
        } catch (IOException e) {
            throw ImageProblems.unreadable(file, String.valueOf(e.getMessage()), e);
        }
    }

    /// A small version for lists, at most so many pixels on its longer side; never enlarged.
    public static Picture thumbnail(Path file, int maxSide) throws ProblemException {
        if (maxSide <= 0) {
            throw new IllegalArgumentException("No size for a thumbnail: " + maxSide);
        }
        try (var decoder = ImageDecoder.open(file, ImageLimits.DEFAULT)) {
            Size size = decoder.shownSize();
            int longer = Math.max(size.width(), size.height());
            // At least twice as many pixels as wanted are decoded, so that the rest is smoothed.
            Picture picture = decoder.decode(Math.max(1, longer / (2 * maxSide)));
            if (longer <= maxSide) {
                return picture;
            }
            double scale = maxSide / (double) longer;
            return Resizer.resize(
                    picture,
                    new Size(
                            Math.max(1, (int) Math.rint(size.width() * scale)),
                            Math.max(1, (int) Math.rint(size.height() * scale))),
                    ResizeFilter.BILINEAR);
        }
    }

    /// Whether the name is that of an image file and there is such a file. The contents are not
    /// looked at.
    public static boolean isImage(Path file) {
        return ImageFormat.hasKnownExtension(file) && Files.isRegularFile(file);
    }

    /// The image files of a folder, not of its folders, in the order in which people count: `img2`
    /// before `img10`. Hidden files are left out.
    public static List<Path> list(Path folder) throws ProblemException {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".") && isImage(entry)) {
                    files.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadableFolder(folder, e);
        }
        files.sort(NaturalOrder.OF_FILE_NAMES);
        return List.copyOf(files);
    }

    /// The image files of a folder and of the folders in it, folder by folder, each in the order in which people count. Hidden
    /// files and folders are left out, links to folders are not followed.
    public static List<Path> listDeep(Path folder) throws ProblemException {
        var files = new ArrayList<>(list(folder));
        var folders = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".")
                        && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadableFolder(folder, e);
        }
        folders.sort(NaturalOrder.OF_FILE_NAMES);
        for (var inside : folders) {
            files.addAll(listDeep(inside));
        }
        return List.copyOf(files);
    }

    private static ProblemException unreadableFolder(Path folder, Exception cause) {
        return new ProblemException(
                new Problem(
                        "The folder cannot be read",
                        folder + " (" + cause.getClass().getSimpleName() + ")",
                        "Check that it is there and may be opened"),
                cause);
    }

    /// Writes a PNG file, whole or not at all: a reader never sees half of one.
    public static void writePng(Picture picture, Path file) throws ProblemException {
        AtomicFiles.write(file, out -> PngWriter.write(picture, out));
    }
}
