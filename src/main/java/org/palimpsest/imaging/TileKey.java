package org.palimpsest.imaging;

/// Which tile of a picture: how much smaller, and where in the grid of that level.
///
/// @param level 0 for the picture's own pixels, each next one half as wide and high
/// @param column counted in the file's own orientation, as is the row
public record TileKey(int level, int column, int row) {}
