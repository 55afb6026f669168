package org.palimpsest.imaging;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.palimpsest.geometry.Size;

/// What an image file says of itself.
///
/// @param size as shown, upright
/// @param orientation how the stored pixels lie
/// @param captured when the picture was taken, by the camera's clock
/// @param contentHash SHA-256 of the file in lower-case hexadecimal; empty where only the header was read
/// @param perceptualHash as [PerceptualHash] has it; empty for a picture without structure, and where only the
///     header was read
/// @param bytes the file's length
public record ImageInspection(
        Size size,
        Orientation orientation,
        Optional<LocalDateTime> captured,
        String contentHash,
        OptionalLong perceptualHash,
        long bytes) {}
