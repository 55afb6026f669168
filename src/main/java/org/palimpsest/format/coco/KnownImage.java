package org.palimpsest.format.coco;

import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.format.Frame;
import org.palimpsest.geometry.Size;

/// An image of a file that was found and taken over.
///
/// @param frame which pixels the file's coordinates mean
record KnownImage(ImageEntry entry, Frame frame) {

    /// The size in the frame of the file's coordinates.
    Size size() {
        return frame.size(entry);
    }
}
