package org.palimpsest.project;

import java.util.List;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Split;

/// Some images of a project, as a list shows them.
///
/// @param next where the following page begins; [#END] after the last one
public record ImagePage(List<Line> images, long next) {
    /// Before the first image.
    public static final long START = 0;

    /// Behind the last image.
    public static final long END = -1;

    public ImagePage {
        images = List.copyOf(images);
    }

    /// One image.
    ///
    /// @param objects how many objects it has
    /// @param texts how many texts it has
    public record Line(ImageEntry image, ImageState state, Split split, int objects, int texts) {}
}
