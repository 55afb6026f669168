package org.palimpsest.paligemma;

import org.palimpsest.geometry.Box;

/// An object of an answer that is still being written.
///
/// @param label as the answer or the prompt names it; empty where neither does
/// @param box in pixels of the image
public record PlacedLabel(String label, Box box) {}
