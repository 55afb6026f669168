package org.palimpsest.format;

import java.util.Optional;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.Orientation;

/// Which pixels the coordinates of a file refer to, for an image whose EXIF tag turns it: those as stored or those as
/// shown.
public enum Frame {
    STORED,
    UPRIGHT;

    /// The frame in which the image has the size that the file states; where that does not tell, the format's usual
    /// frame.
    public static Frame of(ImageEntry image, Optional<Size> stated, Frame usual) {
        Size stored = storedSize(image);
        if (stated.isEmpty() || stored.equals(image.size())) {
            return usual;
        }
        if (stated.get().equals(stored)) {
            return STORED;
        }
        return stated.get().equals(image.size()) ? UPRIGHT : usual;
    }

    /// The size in this frame.
    public Size size(ImageEntry image) {
        return this == UPRIGHT ? image.size() : storedSize(image);
    }

    /// The region in pixels of the upright image.
    ///
    /// @param region in pixels of this frame; a mask has the size of this frame
    public Region upright(ImageEntry image, Region region) {
        return this == UPRIGHT ? region : orientation(image).shown(region, storedSize(image));
    }

    private static Size storedSize(ImageEntry image) {
        // Turning is its own opposite as far as sizes go.
        return orientation(image).shown(image.size());
    }

    private static Orientation orientation(ImageEntry image) {
        return Orientation.ofExif(image.facts().orientation());
    }
}
