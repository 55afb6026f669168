package org.palimpsest.dataset;

import org.palimpsest.geometry.Size;

import java.nio.file.Path;

/// An image of the data set: where its file is and how large it is.
///
/// @param file where the file lies; the file itself is not read here
/// @param size in pixels, upright: after the orientation that the file states was applied
public record ImageEntry(ImageId id, Path file, Size size) {}
