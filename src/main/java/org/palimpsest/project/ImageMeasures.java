package org.palimpsest.project;

/// What is measured of images and annotations, as SQL over the rows `image`, `a` of `annotation` and `c` of
/// `image_count`. Filters and statistics share it, so that a bar of a chart finds the images that it counted.
final class ImageMeasures {
    /// The part of the image that the bounding box covers; a box may reach over the edge.
    static final String AREA =
            "((a.x_max - a.x_min) * (a.y_max - a.y_min) / (1.0 * image.width * image.height))";

    /// Width by height; NULL, which is in no range, for a box without height.
    static final String ASPECT = "((a.x_max - a.x_min) / (a.y_max - a.y_min))";

    /// What people drew, corrected or rejected.
    static final String EDITS = "(c.drawn + c.corrected + c.rejected)";

    private ImageMeasures() {}
}
