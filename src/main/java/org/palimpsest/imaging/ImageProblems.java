package org.palimpsest.imaging;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// The messages about image files.
final class ImageProblems {
    private static final String SAVE_AGAIN =
            "Open it in an image program and save it again as PNG or JPEG, or leave it out";

    private ImageProblems() {}

    static ProblemException unreadable(Path file, String reason, @Nullable Throwable cause) {
        return new ProblemException(
                new Problem("The image cannot be read", file + ": " + reason, SAVE_AGAIN), cause);
    }

    static ProblemException unknownFormat(Path file) {
        return new ProblemException(
                "This is not an image of a known format",
                file + " is none of JPEG, PNG, WebP, TIFF, BMP, GIF",
                SAVE_AGAIN);
    }

    static ProblemException heic(Path file) {
        return new ProblemException(
                "HEIC and AVIF images are not supported",
                file.toString(),
                "Save it as JPEG; telephones have a setting for that (\"most compatible\")");
    }

    static ProblemException missing(Path file) {
        return new ProblemException(
                "There is no such image file", file.toString(), "Check the name and the folder");
    }

    static ProblemException tooManyPixels(Path file, Size size, ImageLimits limits) {
        return new ProblemException(
                "The image is too large",
                "%s is %s, %d megapixels; at most %d are read"
                        .formatted(
                                file,
                                size,
                                size.pixelCount() / 1_000_000,
                                limits.maxPixels() / 1_000_000),
                "Make it smaller or cut it into tiles");
    }

    static ProblemException tooManyBytes(Path file, long bytes, ImageLimits limits) {
        return new ProblemException(
                "The image file is too large",
                "%s has %d MB; at most %d are read"
                        .formatted(file, bytes >> 20, limits.maxFileBytes() >> 20),
                "Make it smaller or cut it into tiles");
    }

    static ProblemException outOfMemory(Path file, String need, OutOfMemoryError cause) {
        return new ProblemException(
                new Problem(
                        "There is not enough memory for the image",
                        file + ": " + need,
                        "Close other images, give the program more memory (-Xmx), or make the image"
                                + " smaller"),
                cause);
    }
}
