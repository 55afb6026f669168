/// Image files to RGB pixels and back: decoding, orientation, thumbnails, tiles, overlays. Start at
/// [org.palimpsest.imaging.ImageFiles].
@NullMarked
package org.palimpsest.imaging;

import org.jspecify.annotations.NullMarked;
