package org.palimpsest.dataset;

import java.util.UUID;

/// Which image is meant; stays the same for as long as the image exists.
public record ImageId(UUID value) {

    /// An id that no other image has.
    public static ImageId random() {
        return new ImageId(UUID.randomUUID());
    }

    /// @throws IllegalArgumentException if the text is not a UUID
    public static ImageId parse(String text) {
        return new ImageId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
