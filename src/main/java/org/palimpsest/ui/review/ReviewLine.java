package org.palimpsest.ui.review;

import org.palimpsest.dataset.ImageEntry;

/// An image of the queue.
///
/// @param reasons why it is worth looking at, in words; may be empty
/// @param finished whether a person is done with it
public record ReviewLine(ImageEntry image, String reasons, boolean finished) {
    ReviewLine withFinished(boolean now) {
        return new ReviewLine(image, reasons, now);
    }
}
