/// Measures how fast the window draws. Start at [org.palimpsest.app.bench.CanvasBenchmark].
@NullMarked
package org.palimpsest.app.bench;

import org.jspecify.annotations.NullMarked;
