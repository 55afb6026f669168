package org.palimpsest.inference;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// The decoded picture of the last request, and that of the next one, which is decoded while the model is busy.
///
/// Confined to the service's thread; it decodes ahead on a virtual thread.
final class Pictures {
    /// Larger ones are not decoded ahead: two of them would be in memory.
    private static final long MOST_PIXELS_AHEAD = 64_000_000;

    private @Nullable Decoded last;
    private @Nullable Decoding next;

    private record Decoded(Path file, Picture picture) {}

    private record Decoding(Path file, CompletableFuture<Picture> picture) {}

    /// The picture of an image file, kept until another is asked for.
    Picture read(Path file) throws ProblemException {
        if (last != null && last.file().equals(file)) {
            return last.picture();
        }
        last = null;
        var ahead = next;
        Picture picture;
        if (ahead != null && ahead.file().equals(file)) {
            next = null;
            picture = await(ahead);
        } else {
            picture = ImageFiles.read(file);
        }
        last = new Decoded(file, picture);
        return picture;
    }

    /// Begins to decode the image of the request that will probably be next.
    void readAhead(ImageEntry image) {
        var file = image.file();
        if ((last != null && last.file().equals(file))
                || (next != null && next.file().equals(file))
                || image.size().pixelCount() > MOST_PIXELS_AHEAD) {
            return;
        }
        var picture = new CompletableFuture<Picture>();
        next = new Decoding(file, picture);
        Thread.ofVirtual()
                .name("inference-decode")
                .start(() -> {
                    try {
                        picture.complete(ImageFiles.read(file));
                    } catch (ProblemException | RuntimeException | OutOfMemoryError e) {
                        picture.completeExceptionally(e);
                    }
                });
    }

    /// Lets the memory go.
    void forget() {
        last = null;
        next = null;
    }

    private static Picture await(Decoding decoding) throws ProblemException {
        try {
            return decoding.picture().get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ProblemException problem -> throw problem;
                case OutOfMemoryError memory -> throw memory;
                case RuntimeException mistake -> throw mistake;
                case null, default -> throw new IllegalStateException("Not decoded", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    new Problem("The image was not read", "The program ends", ""), e);
        }
    }
}
