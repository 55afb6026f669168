package org.palimpsest.imaging;

/// A small version of an image, upright.
///
/// @param missing whether the image file is not there now, and the picture is the one that was kept of it
public record Thumbnail(Picture picture, boolean missing) {}
