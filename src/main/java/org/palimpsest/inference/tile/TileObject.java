package org.palimpsest.inference.tile;

import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.EdgeRanges;
import org.palimpsest.geometry.Mask;

/// An object that was found in a tile, in pixels of the image.
///
/// @param score how sure the model was, 0 to 1
/// @param tile which of the tiles it was found in
public record TileObject(
        String label,
        Box box,
        double score,
        Optional<EdgeRanges> edges,
        Optional<Mask> mask,
        int tile) {}
