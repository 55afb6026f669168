/// Cuts a large image into overlapping tiles and puts together what was found in them. Start at [org.palimpsest.inference.tile.TileMerger].
@NullMarked
package org.palimpsest.inference.tile;

import org.jspecify.annotations.NullMarked;
