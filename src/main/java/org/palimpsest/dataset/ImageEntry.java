package org.palimpsest.dataset;

import java.nio.file.Path;
import org.palimpsest.geometry.Size;

/// An image of the data set: where its file is, how large it is and what the file says of itself.
///
/// @param file where the file lies; the file itself is not read here
/// @param size in pixels, upright: after the orientation that the file states was applied
public record ImageEntry(ImageId id, Path file, Size size, ImageFacts facts) {

    /// An image of whose file nothing more is known.
    public ImageEntry(ImageId id, Path file, Size size) {
        this(id, file, size, ImageFacts.UNKNOWN);
    }
}
