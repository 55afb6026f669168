package org.palimpsest.imaging;

import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;

/// One object to be painted over a picture.
///
/// @param label what stands on its tag; no tag if empty
/// @param rgb its colour as `0xRRGGBB`
/// @param box in pixels of the picture
/// @param mask of the picture's size, or null for a box alone
public record OverlayShape(String label, int rgb, Box box, @Nullable Mask mask) {}
