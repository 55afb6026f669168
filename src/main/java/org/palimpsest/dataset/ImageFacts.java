package org.palimpsest.dataset;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/// What an image file says of itself; found when the image is taken in, and never edited.
///
/// @param contentHash SHA-256 of the file in lower-case hexadecimal; empty where it was not computed
/// @param perceptualHash 64 bits that differ little between pictures that look alike, where computed
/// @param orientation EXIF orientation of the stored pixels, 1 to 8; 1 is upright
/// @param captured when the picture was taken by the camera's clock, where the file says so
/// @param bytes the file's length; 0 where unknown
public record ImageFacts(
        String contentHash,
        OptionalLong perceptualHash,
        int orientation,
        Optional<LocalDateTime> captured,
        long bytes) {

    /// Nothing is known but that the pixels are taken as upright.
    public static final ImageFacts UNKNOWN =
            new ImageFacts("", OptionalLong.empty(), 1, Optional.empty(), 0);

    /// @throws IllegalArgumentException if the hash is no SHA-256, the orientation is not 1 to 8 or the length negative
    public ImageFacts {
        if (!contentHash.isEmpty() && !contentHash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Not a SHA-256: " + contentHash);
        }
        if (orientation < 1 || orientation > 8) {
            throw new IllegalArgumentException("Not an EXIF orientation: " + orientation);
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("Negative file length: " + bytes);
        }
    }
}
