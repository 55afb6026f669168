/// The image with its overlays; zoom and pan. Start at [org.palimpsest.ui.canvas.CanvasView].
@NullMarked
package org.palimpsest.ui.canvas;

import org.jspecify.annotations.NullMarked;
