/// Drawing tools as small state machines over image points; no JavaFX types. Start at [org.palimpsest.ui.canvas.tool.Tool].
@NullMarked
package org.palimpsest.ui.canvas.tool;

import org.jspecify.annotations.NullMarked;
