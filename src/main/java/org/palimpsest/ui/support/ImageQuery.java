package org.palimpsest.ui.support;

import org.palimpsest.project.ImageFilter;

/// Which images the list shows, and in which order.
public record ImageQuery(ImageFilter filter, ImageOrder order, boolean descending) {
    public static final ImageQuery ALL = new ImageQuery(ImageFilter.ALL, ImageOrder.ADDED, false);

    public ImageQuery withFilter(ImageFilter changed) {
        return new ImageQuery(changed, order, descending);
    }

    public ImageQuery withOrder(ImageOrder changed, boolean reversed) {
        return new ImageQuery(filter, changed, reversed);
    }

    /// Whether the images come as the project has them, so that the first can be shown before the last is read.
    boolean isAsAdded() {
        return order == ImageOrder.ADDED && !descending;
    }
}
